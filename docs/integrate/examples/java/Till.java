import java.io.IOException;
import java.io.RandomAccessFile;
import java.math.BigDecimal;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * A till of one institution, on the JDK alone: java Till.java COMMAND … Prints one JSON line a message;
 * ends with 0 when it is as wished, 1 when it was refused, 3 when its fate is unknown.
 *
 * <pre>
 *   quote PSN_NO CERTNO AMOUNT
 *   buy PSN_NO CERTNO AMOUNT [QUOTE_ID]
 *   cancel SETL_ID MDTRT_ID PSN_NO
 *   reverse MSGID
 *   recover
 * </pre>
 *
 * Settings are read from the environment, see ../README.md; what each answer means stands in
 * ../../retrying.md. Amounts are BigDecimal, never double. Not for two threads.
 */
public final class Till {
  static final int TRIES_MAX = 6;
  static final Duration PAUSE_MAX = Duration.ofSeconds(30);
  static final String UNDO = "2601";
  static final String ASK = "2602";
  static final Set<String> CANCELS = Set.of("2103", "2208", "2305");

  enum State {
    PENDING,  // written down, perhaps sent
    SUCCESS,  // booked
    FAIL,     // certainly not booked
    UNKNOWN,  // sent, and nobody has said what became of it
    REVERSED  // taken back, or barred before it arrived
  }

  enum Word {
    DONE,
    REFUSED,      // certainly not booked, and it stays so
    NOT_DECIDED,  // this copy was not looked at: the same message again, after a pause
    DENIED,       // the proof of who we are did not hold: not looked at either
    NONE          // no answer, or none that says what happened
  }

  /** The body is made once; every repeat sends these very bytes. */
  record Message(String msgid, String infno, String body) {}

  record Fate(Message message, State state, Answer answer) {}

  final Settings settings;
  final HttpTransport transport;
  final PendingLog log;

  Till(Settings settings, PendingLog log) {
    this.settings = settings;
    this.transport = new HttpTransport(settings);
    this.log = log;
  }

  // ---- what a cashier does ----

  /** How it would be split now. Moves nothing, so it is neither logged nor repeated. */
  Answer quote(String psnNo, String certno, String amount) throws Exception {
    return transport.send(sale("2101", psnNo, certno, amount, null).body());
  }

  Fate buy(String psnNo, String certno, String amount, String quoteId) throws Exception {
    return deliver(sale("2102", psnNo, certno, amount, quoteId));
  }

  Fate cancel(String setlId, String mdtrtId, String psnNo) throws Exception {
    Map<String, Object> data = fields("setl_id", setlId, "mdtrt_id", mdtrtId, "psn_no", psnNo);
    return deliver(message("2103", fields("data", data)));
  }

  /** The sale shall not stand: asks first what became of it, then takes it back. */
  Fate reverse(String msgid) throws Exception {
    return resolve(log.message(msgid), false);
  }

  /** At every start, before the first sale: whatever has no definite end gets one. */
  List<Fate> recover() throws Exception {
    List<Fate> fates = new ArrayList<>();
    for (Message message : log.openMessages()) {
      if (message.infno().equals(UNDO)) continue;  // its sale is open too, and gets a new one
      boolean forward = CANCELS.contains(message.infno());
      fates.add(forward ? deliver(message) : resolve(message, true));
    }
    return fates;
  }

  // ---- from a message to its fate ----

  /** Sends, and repeats the same bytes until there is a definite end or patience is over. */
  Fate deliver(Message message) throws Exception {
    boolean doubt = log.isOpen(message);  // an earlier run may have sent it
    if (!doubt) log.write(message, State.PENDING, "");
    Answer answer = Answer.none("");
    for (int attempt = 0; attempt < TRIES_MAX; attempt++) {
      pause(attempt, answer);
      if (doubt) {
        Fate asked = ask(message);
        answer = asked.answer();
        if (asked.state() == State.UNKNOWN) continue;
        if (asked.state() != State.PENDING) return end(message, asked.state(), answer);
      }
      answer = transport.send(message.body());
      switch (answer.word()) {
        case DONE:
          return end(message, State.SUCCESS, answer);
        case REFUSED:  // a copy given up for lost may still arrive: only 2601 closes the door
          return doubt ? resolve(message, true) : end(message, State.FAIL, answer);
        case DENIED:
          return end(message, doubt ? State.UNKNOWN : State.FAIL, answer);
        case NONE:
          doubt = true;
          log.write(message, State.UNKNOWN, "");
          break;
        case NOT_DECIDED:
          break;
      }
    }
    return end(message, doubt ? State.UNKNOWN : State.FAIL, answer);
  }

  /** 2602, and where that does not end it 2601. keep: a sale that was booked may stand. */
  Fate resolve(Message message, boolean keep) throws Exception {
    Message undo = null;
    Answer answer = Answer.none("");
    for (int attempt = 0; attempt < TRIES_MAX; attempt++) {
      pause(attempt, answer);
      Fate asked = ask(message);
      answer = asked.answer();
      if (asked.state() == State.UNKNOWN) continue;
      boolean over = asked.state() == State.FAIL || asked.state() == State.REVERSED;
      if (over || asked.state() == State.SUCCESS && keep) return end(message, asked.state(), answer);
      if (undo == null) {
        undo = message(UNDO, fields("data", original(message)));
        log.write(undo, State.PENDING, "");
      }
      answer = transport.send(undo.body());
      if (answer.word() == Word.DONE) {
        log.write(undo, State.SUCCESS, "");
        return end(message, State.REVERSED, answer);
      }
      if (answer.word() == Word.REFUSED || answer.word() == Word.DENIED) break;  // a person has to look
    }
    return end(message, State.UNKNOWN, answer);
  }

  /** 2602. PENDING: the gateway has not seen it. UNKNOWN: nobody can say yet, ask again. */
  Fate ask(Message message) throws Exception {
    Answer answer = transport.send(message(ASK, fields("data", original(message))).body());
    if (answer.word() != Word.DONE) return new Fate(message, State.UNKNOWN, answer);
    State state = switch (Json.text(answer.output(), "state")) {
      case "applied" -> State.SUCCESS;
      case "refused" -> State.FAIL;
      case "reversed", "reversed_before_arrival" -> State.REVERSED;
      case "unknown" -> State.PENDING;
      default -> State.UNKNOWN;
    };
    String stored = Json.text(answer.output(), "err_msg");
    Map<String, Object> result = Json.object(answer.output(), "result");
    return new Fate(message, state, Answer.of(Word.DONE, stored, result, Duration.ZERO));
  }

  Fate end(Message message, State state, Answer answer) throws IOException {
    log.write(message, state, answer.code());
    return new Fate(message, state, answer);
  }

  /** Doubles, with jitter, so that a thousand tills do not come back in the same second. */
  void pause(int attempt, Answer answer) throws InterruptedException {
    if (attempt == 0) return;
    long doubled = settings.pause().toMillis() << (attempt - 1);
    long jittered = (long) (doubled * ThreadLocalRandom.current().nextDouble(0.5, 1));
    Thread.sleep(Math.min(Math.max(jittered, answer.retryAfter().toMillis()), PAUSE_MAX.toMillis()));
  }

  // ---- messages ----

  Message sale(String infno, String psnNo, String certno, String amount, String quoteId) {
    String now = Clock.second();
    String total = yuan(amount).toPlainString();
    Map<String, Object> info = fields(
        "psn_no", psnNo, "mdtrt_cert_type", "02", "mdtrt_cert_no", certno, "begntime", now,
        "medfee_sumamt", total, "insutype", "390", "acct_used_flag", "1", "med_type", "41");
    if (quoteId != null) info.put("quote_id", quoteId);
    Map<String, Object> line = fields(
        "feedetl_sn", "1", "rx_circ_flag", "0", "fee_ocur_time", now,
        "med_list_codg", "XA01ABD075A002010100483", "medins_list_codg", "D000123",
        "det_item_fee_sumamt", total, "cnt", "1", "pric", total);
    return message(infno, fields("druginfo", info, "drugdetail", List.of(line)));
  }

  static Map<String, Object> original(Message message) {
    return fields("omsgid", message.msgid(), "oinfno", message.infno());
  }

  Message message(String infno, Map<String, Object> input) {
    String msgid = log.newMsgid(settings);
    return new Message(msgid, infno, Json.write(fields(
        "infno", infno, "msgid", msgid, "mdtrtarea_admvs", settings.area(),
        "insuplc_admdvs", settings.area(), "recer_sys_code", "GW01", "infver", "V1.0",
        "opter_type", "1", "opter", settings.till(), "opter_name", "收银员",
        "inf_time", Clock.second(), "fixmedins_code", settings.institution(),
        "fixmedins_name", "", "sign_no", "", "input", input)));
  }

  static Map<String, Object> fields(Object... namesAndValues) {
    Map<String, Object> fields = new LinkedHashMap<>();
    for (int i = 0; i < namesAndValues.length; i += 2)
      fields.put((String) namesAndValues[i], namesAndValues[i + 1]);
    return fields;
  }

  /** An amount typed in or received, exact to the fen. */
  static BigDecimal yuan(String text) {
    return new BigDecimal(text).setScale(2);  // throws when it would have to round
  }

  // ---- command line ----

  public static void main(String[] words) throws Exception {
    if (words.length == 0) {
      System.err.println("usage: java Till.java quote|buy|cancel|reverse|recover …");
      System.exit(2);
    }
    Settings settings = Settings.from(System.getenv());
    try (PendingLog log = new PendingLog(settings.log())) {
      System.exit(run(new Till(settings, log), words));
    }
  }

  static int run(Till till, String[] words) throws Exception {
    switch (words[0]) {
      case "quote": {
        Answer answer = till.quote(words[1], words[2], words[3]);
        boolean quoted = answer.word() == Word.DONE;
        System.out.println(Json.write(shown(fields("state", quoted ? "QUOTED" : "NOT_QUOTED"), answer)));
        return quoted ? 0 : 1;
      }
      case "buy":
        return show(till.buy(words[1], words[2], words[3], words.length > 4 ? words[4] : null));
      case "cancel":
        return show(till.cancel(words[1], words[2], words[3]));
      case "reverse":
        return show(till.reverse(words[1]));
      case "recover":
        int worst = 0;
        for (Fate fate : till.recover()) worst = Math.max(worst, show(fate));
        return worst;
      default:
        throw new IllegalArgumentException(words[0]);
    }
  }

  static int show(Fate fate) {
    Message message = fate.message();
    System.out.println(Json.write(shown(
        fields("state", fate.state().name(), "msgid", message.msgid(), "infno", message.infno()), fate.answer())));
    return switch (fate.state()) {
      case SUCCESS, REVERSED -> 0;
      case FAIL -> 1;
      case UNKNOWN, PENDING -> 3;
    };
  }

  /** Who pays what. Own money is what is left, in provinces that count the family's apart as well. */
  static Map<String, Object> shown(Map<String, Object> line, Answer answer) {
    line.put("code", answer.code());
    line.put("text", answer.text());
    Map<String, Object> info = Json.object(answer.output(), "setlinfo");
    if (info.isEmpty()) return line;
    BigDecimal family = yuan(Json.text(info, "acct_mulaid_pay"));
    BigDecimal cash = yuan(Json.text(info, "psn_cash_pay"));
    BigDecimal own = yuan(Json.text(info, "psn_part_amt")).subtract(cash).subtract(family);
    line.putAll(fields("own", own.toPlainString(), "family", family.toPlainString(), "cash", cash.toPlainString()));
    for (String name : List.of("setl_id", "mdtrt_id", "quote_id")) line.put(name, Json.text(info, name));
    return line;
  }
}

record Settings(
    String url, String institution, String area, String till, String proof, String secret,
    String paasid, String log, Duration timeout, Duration pause) {
  static Settings from(Map<String, String> environment) {
    String institution = environment.get("GONGJI_INSTITUTION");
    if (institution == null) throw new IllegalArgumentException("GONGJI_INSTITUTION is not set");
    return new Settings(
        environment.getOrDefault("GONGJI_URL", "http://127.0.0.1:8080"), institution,
        environment.getOrDefault("GONGJI_AREA", "310101"), environment.getOrDefault("GONGJI_TILL", "01"),
        environment.getOrDefault("GONGJI_PROOF", "none"), environment.getOrDefault("GONGJI_SECRET", ""),
        environment.getOrDefault("GONGJI_PAASID", institution),
        environment.getOrDefault("GONGJI_LOG", "pending.log"),
        seconds(environment.getOrDefault("GONGJI_TIMEOUT_S", "30")),
        seconds(environment.getOrDefault("GONGJI_PAUSE_S", "1")));
  }

  static Duration seconds(String text) {
    return Duration.ofMillis(new BigDecimal(text).movePointRight(3).longValue());
  }
}

/** What an answer says, and what came with it. */
record Answer(Till.Word word, String code, String text, Map<String, Object> output, Duration retryAfter) {
  static final Set<String> NOT_DECIDED_CODES = Set.of("E_BUSY", "E_DEADLINE");
  static final String DENIED_CODE = "E_UNAUTHENTICATED";

  static Answer of(Till.Word word, String errMsg, Map<String, Object> output, Duration retryAfter) {
    int space = errMsg.indexOf(' ');
    return new Answer(word, space < 0 ? errMsg : errMsg.substring(0, space),
        space < 0 ? "" : errMsg.substring(space + 1), output, retryAfter);
  }

  static Answer none(String why) {
    return new Answer(Till.Word.NONE, "", why, Map.of(), Duration.ZERO);
  }

  static Answer read(int status, String body, String retryAfter) {
    if (status == 401) return of(Till.Word.DENIED, DENIED_CODE, Map.of(), Duration.ZERO);
    Map<String, Object> envelope;
    try {
      envelope = Json.read(body);
    } catch (RuntimeException notJson) {
      return none("not an answer of the gateway");
    }
    String infcode = Json.text(envelope, "infcode");  // 0 or "0": institutions have either
    if (!Set.of("0", "-1", "-2").contains(infcode)) return none("not an answer of the gateway");
    Answer answer = of(Till.Word.NONE, Json.text(envelope, "err_msg"), Json.object(envelope, "output"), Duration.ZERO);
    if (status == 429 || status == 503 || NOT_DECIDED_CODES.contains(answer.code()))
      return answer.as(Till.Word.NOT_DECIDED, wait(retryAfter, Json.text(answer.output(), "retry_after")));
    if (infcode.equals("0") && status == 200) return answer.as(Till.Word.DONE, Duration.ZERO);
    if (!infcode.equals("-2")) return answer;
    boolean denied = answer.code().equals(DENIED_CODE);
    return answer.as(denied ? Till.Word.DENIED : Till.Word.REFUSED, Duration.ZERO);
  }

  Answer as(Till.Word meant, Duration wait) {
    return new Answer(meant, code, text, output, wait);
  }

  private static Duration wait(String header, String field) {
    String seconds = header != null ? header : field;
    return seconds.matches("\\d{1,5}") ? Duration.ofSeconds(Long.parseLong(seconds)) : Duration.ZERO;
  }
}

/**
 * One message over HTTP. The JDK's client repeats no POST by itself, as long as nobody sets
 * jdk.httpclient.enableAllMethodRetry, and follows no redirect unless told to.
 */
final class HttpTransport {
  private final Settings settings;
  private final URI uri;
  private final HttpClient client;

  HttpTransport(Settings settings) {
    this.settings = settings;
    uri = URI.create(settings.url().replaceAll("/+$", "") + "/fsi/api");
    client = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).connectTimeout(settings.timeout()).build();
  }

  /** Word.NONE for whatever goes wrong on the way. */
  Answer send(String body) throws GeneralSecurityException, InterruptedException {
    byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
    HttpRequest.Builder request = HttpRequest.newBuilder(uri).timeout(settings.timeout())
        .header("Content-Type", "application/json").POST(HttpRequest.BodyPublishers.ofByteArray(bytes));
    Signing.headers(settings, "POST", uri.getRawPath(), bytes).forEach(request::header);
    try {
      HttpResponse<String> reply = client.send(
          request.build(), HttpResponse.BodyHandlers.ofString(StandardCharsets.UTF_8));
      return Answer.read(reply.statusCode(), reply.body(), reply.headers().firstValue("Retry-After").orElse(null));
    } catch (ConnectException fault) {
      return Answer.none("nobody listens there: it was not sent").as(Till.Word.NOT_DECIDED, Duration.ZERO);
    } catch (IOException fault) {
      return Answer.none(fault.toString());
    }
  }
}

/**
 * The proofs of ../../signing.md. Every try is signed anew: a nonce is good once, a timestamp for five
 * minutes. The JDK has no SM3; with a provider that has, "HmacSM3" and "SM3" take the places below.
 */
final class Signing {
  static Map<String, String> headers(Settings settings, String method, String path, byte[] body)
      throws GeneralSecurityException {
    byte[] random = new byte[16];
    new SecureRandom().nextBytes(random);
    String nonce = HexFormat.of().formatHex(random);
    String timestamp = Long.toString(Instant.now().getEpochSecond());
    return headers(settings, method, path, body, timestamp, nonce);
  }

  static Map<String, String> headers(
      Settings settings, String method, String path, byte[] body, String timestamp, String nonce)
      throws GeneralSecurityException {
    return switch (settings.proof()) {
      case "xtif" -> Map.of(
          "x-tif-paasid", settings.paasid(), "x-tif-timestamp", timestamp, "x-tif-nonce", nonce,
          "x-tif-signature", sha256(bytes(timestamp + settings.secret() + nonce + timestamp)));
      case "hmac" -> Map.of(
          "X-Gongji-Key", settings.institution(), "X-Gongji-Timestamp", timestamp, "X-Gongji-Nonce", nonce,
          "X-Gongji-Digest", "sha256", "X-Gongji-Signature",
          hmac(settings.secret(), String.join("\n", method, path, timestamp, nonce, sha256(body))));
      default -> Map.of();
    };
  }

  private static String sha256(byte[] bytes) throws GeneralSecurityException {
    return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
  }

  private static String hmac(String secret, String text) throws GeneralSecurityException {
    Mac mac = Mac.getInstance("HmacSHA256");
    mac.init(new SecretKeySpec(bytes(secret), "HmacSHA256"));
    return HexFormat.of().formatHex(mac.doFinal(bytes(text)));
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}

/**
 * What was sent and what became of it, on disk before it is sent. One line a change, TAB separated:
 * time, msgid, infno, state, and the message itself (PENDING) or the answer's code. The last line of a
 * msgid holds. One process at a time.
 */
final class PendingLog implements AutoCloseable {
  private static final Set<Till.State> OPEN = Set.of(Till.State.PENDING, Till.State.UNKNOWN);
  private final RandomAccessFile file;
  private final Map<String, Till.Message> messages = new LinkedHashMap<>();
  private final Map<String, Till.State> states = new LinkedHashMap<>();
  private final Set<String> used = new HashSet<>();

  PendingLog(String path) throws IOException {
    file = new RandomAccessFile(path, "rw");
    if (file.getChannel().tryLock() == null) throw new IOException("another till uses " + path);
    byte[] bytes = new byte[(int) file.length()];
    file.readFully(bytes);
    String text = new String(bytes, StandardCharsets.UTF_8);
    int whole = text.lastIndexOf('\n') + 1;
    for (String line : text.substring(0, whole).split("\n")) {
      String[] fields = line.split("\t", -1);
      if (fields.length == 5) remember(fields[1], fields[2], Till.State.valueOf(fields[3]), fields[4]);
    }
    if (whole < text.length()) file.write('\n');  // cut off by a power failure: it was never sent
  }

  private void remember(String msgid, String infno, Till.State state, String rest) {
    used.add(msgid);
    states.put(msgid, state);
    if (state == Till.State.PENDING) messages.put(msgid, new Till.Message(msgid, infno, rest));
  }

  /** Returns when the line is on the disk. */
  void write(Till.Message message, Till.State state, String note) throws IOException {
    String rest = state == Till.State.PENDING ? message.body() : note;
    String line = String.join("\t", Clock.second(), message.msgid(), message.infno(), state.name(), rest) + "\n";
    file.write(line.getBytes(StandardCharsets.UTF_8));
    file.getFD().sync();
    remember(message.msgid(), message.infno(), state, rest);
  }

  Till.Message message(String msgid) {
    if (!messages.containsKey(msgid)) throw new IllegalArgumentException("not in the log: " + msgid);
    return messages.get(msgid);
  }

  boolean isOpen(Till.Message message) {
    return OPEN.contains(states.getOrDefault(message.msgid(), Till.State.SUCCESS));
  }

  List<Till.Message> openMessages() {
    return messages.values().stream().filter(this::isOpen).toList();
  }

  /** Code (12), second (14), till (2), number within the second (2): never the same twice. */
  String newMsgid(Settings settings) {
    String code = settings.institution().substring(0, Math.min(12, settings.institution().length()));
    while (true) {
      String second = Clock.digits();
      for (int number = 0; number < 100; number++) {
        String msgid = code + second + "0".repeat(2 - settings.till().length()) + settings.till()
            + String.format("%02d", number);
        if (used.add(msgid)) return msgid;
      }
    }
  }

  @Override
  public void close() throws IOException {
    file.close();
  }
}

final class Clock {
  private static final DateTimeFormatter SECOND = DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss");
  private static final DateTimeFormatter DIGITS = DateTimeFormatter.ofPattern("yyyyMMddHHmmss");

  static String second() {
    return LocalDateTime.now().format(SECOND);
  }

  static String digits() {
    return LocalDateTime.now().format(DIGITS);
  }
}

/**
 * As much JSON as this needs; yours has a library for it. Set that to BigDecimal for numbers. Here an
 * object is a Map, a list a List, and a number stays the text it was sent as.
 */
final class Json {
  private static final int DEPTH_MAX = 64;
  private final String text;
  private int at;
  private int depth;

  private Json(String text) {
    this.text = text;
  }

  static Map<String, Object> read(String text) {
    Json json = new Json(text);
    Object value = json.value();
    json.blanks();
    if (json.at != text.length() || !(value instanceof Map)) throw new IllegalArgumentException("not an object");
    return map(value);
  }

  /** A text or a number, "" when it is neither. */
  static String text(Map<String, Object> object, String name) {
    return object.get(name) instanceof String text ? text : "";
  }

  static Map<String, Object> object(Map<String, Object> object, String name) {
    return object.get(name) instanceof Map ? map(object.get(name)) : Map.of();
  }

  static String write(Object value) {
    if (value instanceof Map) {
      List<String> members = new ArrayList<>();
      map(value).forEach((name, member) -> members.add(write(name) + ":" + write(member)));
      return "{" + String.join(",", members) + "}";
    }
    if (value instanceof List<?> list) return "[" + String.join(",", list.stream().map(Json::write).toList()) + "]";
    StringBuilder out = new StringBuilder("\"");
    for (char c : value.toString().toCharArray()) {
      if (c == '"' || c == '\\') out.append('\\').append(c);
      else if (c < ' ') out.append(String.format("\\u%04x", (int) c));
      else out.append(c);
    }
    return out.append('"').toString();
  }

  @SuppressWarnings("unchecked")
  private static Map<String, Object> map(Object value) {
    return (Map<String, Object>) value;
  }

  private Object value() {
    if (depth++ > DEPTH_MAX) throw new IllegalArgumentException("too deep");
    blanks();
    Object value = switch (peek()) {
      case '{' -> members();
      case '[' -> elements();
      case '"' -> string();
      default -> bare();
    };
    depth--;
    return value;
  }

  private Map<String, Object> members() {
    Map<String, Object> members = new LinkedHashMap<>();
    for (at++, blanks(); peek() != '}'; blanks()) {
      if (!members.isEmpty()) expect(',');
      blanks();
      String name = string();
      blanks();
      expect(':');
      members.put(name, value());
    }
    at++;
    return members;
  }

  private List<Object> elements() {
    List<Object> elements = new ArrayList<>();
    for (at++, blanks(); peek() != ']'; blanks()) {
      if (!elements.isEmpty()) expect(',');
      elements.add(value());
    }
    at++;
    return elements;
  }

  private String string() {
    expect('"');
    StringBuilder out = new StringBuilder();
    for (char c = next(); c != '"'; c = next()) out.append(c == '\\' ? escaped(next()) : c);
    return out.toString();
  }

  private char escaped(char c) {
    if (c == 'u') {
      at += 4;
      return (char) Integer.parseInt(text.substring(at - 4, at), 16);
    }
    int found = "bfnrt".indexOf(c);
    return found < 0 ? c : "\b\f\n\r\t".charAt(found);
  }

  private Object bare() {
    int start = at;
    while (at < text.length() && ",]} \t\r\n".indexOf(text.charAt(at)) < 0) at++;
    String word = text.substring(start, at);
    if (word.equals("null")) return null;
    if (word.equals("true") || word.equals("false")) return Boolean.valueOf(word);
    new BigDecimal(word);  // throws when it is no number
    return word;
  }

  private void blanks() {
    while (at < text.length() && " \t\r\n".indexOf(text.charAt(at)) >= 0) at++;
  }

  private char peek() {
    if (at >= text.length()) throw new IllegalArgumentException("cut off");
    return text.charAt(at);
  }

  private char next() {
    char c = peek();
    at++;
    return c;
  }

  private void expect(char c) {
    if (next() != c) throw new IllegalArgumentException("expected " + c);
  }
}
