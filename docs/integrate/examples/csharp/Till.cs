// A till of one institution, on the framework alone (.NET Framework 4.7.2 and later, mono, .NET).
// Prints one JSON line a message; ends with 0 when it is as wished, 1 when it was refused, 3 when its
// fate is unknown.
//
//   quote PSN_NO CERTNO AMOUNT
//   buy PSN_NO CERTNO AMOUNT [QUOTE_ID]
//   cancel SETL_ID MDTRT_ID PSN_NO
//   reverse MSGID
//   recover
//
// Settings are read from the environment, see ../README.md; what each answer means stands in
// ../../retrying.md. Amounts are decimal, never double. Not for two threads.

using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Net.Http;
using System.Net.Sockets;
using System.Runtime.Serialization.Json;
using System.Security.Cryptography;
using System.Text;
using System.Threading;
using System.Xml;
using System.Xml.Linq;

enum State {
    Pending,  // written down, perhaps sent
    Success,  // booked
    Fail,     // certainly not booked
    Unknown,  // sent, and nobody has said what became of it
    Reversed, // taken back, or barred before it arrived
}

enum Word {
    Done,
    Refused,    // certainly not booked, and it stays so
    NotDecided, // this copy was not looked at: the same message again, after a pause
    Denied,     // the proof of who we are did not hold: not looked at either
    None,       // no answer, or none that says what happened
}

sealed class Message {
    public string Msgid, Infno;
    public string Body; // made once; every repeat sends these very bytes
}

sealed class Fate {
    public Message Message;
    public State State;
    public Answer Answer;
}

sealed class Till {
    const int TriesMax = 6;
    static readonly TimeSpan PauseMax = TimeSpan.FromSeconds(30);
    const string Undo = "2601", Query = "2602";
    static readonly string[] Cancels = { "2103", "2208", "2305" };

    readonly Settings settings;
    readonly HttpTransport transport;
    readonly PendingLog log;
    readonly Random random = new Random();

    public Till(Settings settings, PendingLog log) {
        this.settings = settings;
        this.log = log;
        transport = new HttpTransport(settings);
    }

    // ---- what a cashier does ----

    // How it would be split now. Moves nothing, so it is neither logged nor repeated.
    public Answer Quote(string psnNo, string certno, string amount) {
        return transport.Send(Sale("2101", psnNo, certno, amount, null).Body);
    }

    public Fate Buy(string psnNo, string certno, string amount, string quoteId) {
        return Deliver(Sale("2102", psnNo, certno, amount, quoteId));
    }

    public Fate Cancel(string setlId, string mdtrtId, string psnNo) {
        return Deliver(NewMessage("2103", Json.Object("data",
            Json.Object("setl_id", setlId, "mdtrt_id", mdtrtId, "psn_no", psnNo))));
    }

    // The sale shall not stand: asks first what became of it, then takes it back.
    public Fate Reverse(string msgid) {
        return Resolve(log.Message(msgid), keep: false);
    }

    // At every start, before the first sale: whatever has no definite end gets one. An open 2601 is left
    // alone: its sale is open as well and is resolved by a new one.
    public IEnumerable<Fate> Recover() {
        foreach (var message in log.OpenMessages().Where(each => each.Infno != Undo))
            yield return Cancels.Contains(message.Infno) ? Deliver(message) : Resolve(message, keep: true);
    }

    // ---- from a message to its fate ----

    // Sends, and repeats the same bytes until there is a definite end or patience is over.
    Fate Deliver(Message message) {
        bool doubt = log.IsOpen(message); // an earlier run may have sent it
        if (!doubt) log.Write(message, State.Pending);
        var answer = Answer.None("");
        for (int attempt = 0; attempt < TriesMax; attempt++) {
            Pause(attempt, answer);
            if (doubt) {
                var asked = Ask(message);
                answer = asked.Answer;
                if (asked.State == State.Unknown) continue;
                if (asked.State != State.Pending) return End(message, asked.State, answer);
            }
            answer = transport.Send(message.Body);
            switch (answer.Word) {
                case Word.Done:
                    return End(message, State.Success, answer);
                case Word.Refused: // a copy given up for lost may still arrive: only 2601 closes the door
                    return doubt ? Resolve(message, keep: true) : End(message, State.Fail, answer);
                case Word.Denied:
                    return End(message, doubt ? State.Unknown : State.Fail, answer);
                case Word.None:
                    doubt = true;
                    log.Write(message, State.Unknown);
                    break;
                case Word.NotDecided:
                    break;
            }
        }
        return End(message, doubt ? State.Unknown : State.Fail, answer);
    }

    // 2602, and where that does not end it 2601. keep: a sale that was booked may stand.
    Fate Resolve(Message message, bool keep) {
        Message undo = null;
        var answer = Answer.None("");
        for (int attempt = 0; attempt < TriesMax; attempt++) {
            Pause(attempt, answer);
            var asked = Ask(message);
            answer = asked.Answer;
            if (asked.State == State.Unknown) continue;
            bool over = asked.State == State.Fail || asked.State == State.Reversed;
            if (over || asked.State == State.Success && keep) return End(message, asked.State, answer);
            if (undo == null) {
                undo = NewMessage(Undo, Original(message));
                log.Write(undo, State.Pending);
            }
            answer = transport.Send(undo.Body);
            if (answer.Word == Word.Done) {
                log.Write(undo, State.Success);
                return End(message, State.Reversed, answer);
            }
            if (answer.Word == Word.Refused || answer.Word == Word.Denied) break; // a person has to look
        }
        return End(message, State.Unknown, answer);
    }

    // 2602. Pending: the gateway has not seen it. Unknown: nobody can say yet, ask again.
    Fate Ask(Message message) {
        var answer = transport.Send(NewMessage(Query, Original(message)).Body);
        if (answer.Word != Word.Done) return new Fate { Message = message, State = State.Unknown, Answer = answer };
        return new Fate {
            Message = message,
            State = StateOf(Json.Field(answer.Output, "state")),
            Answer = new Answer(Word.Done, Json.Field(answer.Output, "err_msg"), answer.Output.Element("result")),
        };
    }

    static State StateOf(string state) {
        switch (state) {
            case "applied": return State.Success;
            case "refused": return State.Fail;
            case "reversed":
            case "reversed_before_arrival": return State.Reversed;
            case "unknown": return State.Pending;
            default: return State.Unknown;
        }
    }

    Fate End(Message message, State state, Answer answer) {
        log.Write(message, state, answer.Code);
        return new Fate { Message = message, State = state, Answer = answer };
    }

    // Doubles, with jitter, so that a thousand tills do not come back in the same second.
    void Pause(int attempt, Answer answer) {
        if (attempt == 0) return;
        double jittered = settings.Pause.TotalMilliseconds * Math.Pow(2, attempt - 1) * (0.5 + random.NextDouble() / 2);
        double wanted = Math.Max(jittered, answer.RetryAfter.TotalMilliseconds);
        Thread.Sleep((int)Math.Min(wanted, PauseMax.TotalMilliseconds));
    }

    // ---- messages ----

    Message Sale(string infno, string psnNo, string certno, string amount, string quoteId) {
        string now = Clock.Second(), total = Yuan(amount).ToString("0.00", CultureInfo.InvariantCulture);
        var info = new List<string> {
            "psn_no", psnNo, "mdtrt_cert_type", "02", "mdtrt_cert_no", certno, "begntime", now,
            "medfee_sumamt", total, "insutype", "390", "acct_used_flag", "1", "med_type", "41",
        };
        if (quoteId != null) info.AddRange(new[] { "quote_id", quoteId });
        string line = Json.Object(
            "feedetl_sn", "1", "rx_circ_flag", "0", "fee_ocur_time", now,
            "med_list_codg", "XA01ABD075A002010100483", "medins_list_codg", "D000123",
            "det_item_fee_sumamt", total, "cnt", "1", "pric", total).Text;
        return NewMessage(infno, Json.Object(
            "druginfo", Json.Object(info.ToArray<object>()), "drugdetail", new Json("[" + line + "]")));
    }

    static Json Original(Message message) {
        return Json.Object("data", Json.Object("omsgid", message.Msgid, "oinfno", message.Infno));
    }

    Message NewMessage(string infno, Json input) {
        string msgid = log.NewMsgid(settings);
        var envelope = Json.Object(
            "infno", infno, "msgid", msgid, "mdtrtarea_admvs", settings.Area, "insuplc_admdvs", settings.Area,
            "recer_sys_code", "GW01", "infver", "V1.0", "opter_type", "1", "opter", settings.Till,
            "opter_name", "收银员", "inf_time", Clock.Second(), "fixmedins_code", settings.Institution,
            "fixmedins_name", "", "sign_no", "", "input", input);
        return new Message { Msgid = msgid, Infno = infno, Body = envelope.Text };
    }

    // An amount typed in or received, exact to the fen.
    public static decimal Yuan(string text) {
        var amount = decimal.Parse(text, NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture);
        if (amount != decimal.Round(amount, 2)) throw new FormatException("not an amount in yuan and fen: " + text);
        return amount;
    }
}

// What an answer says, and what came with it.
sealed class Answer {
    const string DeniedCode = "E_UNAUTHENTICATED";
    static readonly string[] NotDecidedCodes = { "E_BUSY", "E_DEADLINE" };

    public readonly Word Word;
    public readonly string Code, Text;
    public readonly XElement Output;
    public readonly TimeSpan RetryAfter;

    public Answer(Word word, string errMsg, XElement output, TimeSpan retryAfter = default(TimeSpan)) {
        int space = errMsg.IndexOf(' ');
        Word = word;
        Code = space < 0 ? errMsg : errMsg.Substring(0, space);
        Text = space < 0 ? "" : errMsg.Substring(space + 1);
        Output = output ?? new XElement("output");
        RetryAfter = retryAfter;
    }

    public static Answer None(string why) { return new Answer(Word.None, " " + why, null); }

    public static Answer Read(int status, byte[] body, string retryAfter) {
        if (status == 401) return new Answer(Word.Denied, DeniedCode, null);
        XElement envelope;
        try {
            envelope = Json.Read(body);
        } catch (Exception fault) when (fault is XmlException || fault is FormatException) {
            return None("not an answer of the gateway");
        }
        string infcode = Json.Field(envelope, "infcode"); // 0 or "0": institutions have either
        if (infcode != "0" && infcode != "-1" && infcode != "-2") return None("not an answer of the gateway");
        string errMsg = Json.Field(envelope, "err_msg");
        var output = envelope.Element("output");
        string code = errMsg.Split(' ')[0];
        if (status == 429 || status == 503 || NotDecidedCodes.Contains(code))
            return new Answer(Word.NotDecided, errMsg, output, Seconds(retryAfter ?? Json.Field(output, "retry_after")));
        if (infcode == "0" && status == 200) return new Answer(Word.Done, errMsg, output);
        if (infcode == "-2") return new Answer(code == DeniedCode ? Word.Denied : Word.Refused, errMsg, output);
        return new Answer(Word.None, errMsg, output);
    }

    static TimeSpan Seconds(string text) {
        return ushort.TryParse(text, out var seconds) ? TimeSpan.FromSeconds(seconds) : TimeSpan.Zero;
    }
}

// One message over HTTP, on a connection of its own: on a reused one the framework may send a POST twice
// without telling.
sealed class HttpTransport {
    readonly Settings settings;
    readonly Uri uri;
    readonly HttpClient client;

    public HttpTransport(Settings settings) {
        this.settings = settings;
        uri = new Uri(settings.Url.TrimEnd('/') + "/fsi/api");
        client = new HttpClient(new HttpClientHandler { AllowAutoRedirect = false, UseProxy = false }) { Timeout = settings.Timeout };
    }

    // Word.None for whatever goes wrong on the way.
    public Answer Send(string body) {
        byte[] bytes = Encoding.UTF8.GetBytes(body);
        using (var request = new HttpRequestMessage(HttpMethod.Post, uri) { Content = new ByteArrayContent(bytes) }) {
            request.Content.Headers.Add("Content-Type", "application/json");
            request.Headers.ConnectionClose = true;
            request.Headers.ExpectContinue = false;
            foreach (var header in Signing.Headers(settings, "POST", uri.PathAndQuery, bytes))
                request.Headers.Add(header.Key, header.Value);
            try {
                using (var reply = client.SendAsync(request).GetAwaiter().GetResult()) {
                    byte[] answer = reply.Content.ReadAsByteArrayAsync().GetAwaiter().GetResult();
                    string wait = reply.Headers.TryGetValues("Retry-After", out var values) ? values.First() : null;
                    return Answer.Read((int)reply.StatusCode, answer, wait);
                }
            } catch (Exception fault) when (fault is HttpRequestException || fault is IOException || fault is OperationCanceledException) {
                if (WasRefused(fault)) return new Answer(Word.NotDecided, " nobody listens there: it was not sent", null);
                return Answer.None(fault.Message);
            }
        }
    }

    static bool WasRefused(Exception fault) {
        for (var inner = fault; inner != null; inner = inner.InnerException)
            if (inner is SocketException socket && socket.SocketErrorCode == SocketError.ConnectionRefused) return true;
        return false;
    }
}

// The proofs of ../../signing.md. Every try is signed anew: a nonce is good once, a timestamp for five
// minutes. The framework has no SM3.
static class Signing {
    public static Dictionary<string, string> Headers(Settings settings, string method, string path, byte[] body) {
        byte[] random = new byte[16];
        using (var source = RandomNumberGenerator.Create()) source.GetBytes(random);
        string timestamp = DateTimeOffset.UtcNow.ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture);
        return Headers(settings, method, path, body, timestamp, Hex(random));
    }

    public static Dictionary<string, string> Headers(
            Settings settings, string method, string path, byte[] body, string timestamp, string nonce) {
        switch (settings.Proof) {
            case "xtif":
                return new Dictionary<string, string> {
                    ["x-tif-paasid"] = settings.Paasid, ["x-tif-timestamp"] = timestamp, ["x-tif-nonce"] = nonce,
                    ["x-tif-signature"] = Sha256(Bytes(timestamp + settings.Secret + nonce + timestamp)),
                };
            case "hmac":
                return new Dictionary<string, string> {
                    ["X-Gongji-Key"] = settings.Institution, ["X-Gongji-Timestamp"] = timestamp,
                    ["X-Gongji-Nonce"] = nonce, ["X-Gongji-Digest"] = "sha256",
                    ["X-Gongji-Signature"] =
                        Hmac(settings.Secret, string.Join("\n", method, path, timestamp, nonce, Sha256(body))),
                };
            default:
                return new Dictionary<string, string>();
        }
    }

    static string Sha256(byte[] bytes) { using (var hash = SHA256.Create()) return Hex(hash.ComputeHash(bytes)); }

    static string Hmac(string secret, string text) {
        using (var mac = new HMACSHA256(Bytes(secret))) return Hex(mac.ComputeHash(Bytes(text)));
    }

    static byte[] Bytes(string text) { return Encoding.UTF8.GetBytes(text); }
    static string Hex(byte[] bytes) { return string.Concat(bytes.Select(each => each.ToString("x2"))); }
}

// What was sent and what became of it, on disk before it is sent. One line a change, TAB separated:
// time, msgid, infno, state, and the message itself (PENDING) or the answer's code. The last line of a
// msgid holds. One process at a time.
sealed class PendingLog : IDisposable {
    readonly FileStream file;
    readonly Dictionary<string, Message> messages = new Dictionary<string, Message>();
    readonly Dictionary<string, State> states = new Dictionary<string, State>();
    readonly HashSet<string> used = new HashSet<string>();

    public PendingLog(string path) {
        string text = File.Exists(path) ? File.ReadAllText(path, Encoding.UTF8) : "";
        file = new FileStream(path, FileMode.Append, FileAccess.Write, FileShare.Read);
        int whole = text.LastIndexOf('\n') + 1;
        foreach (string line in text.Substring(0, whole).Split('\n')) {
            string[] fields = line.Split('\t');
            if (fields.Length == 5) Remember(fields[1], fields[2], (State)Enum.Parse(typeof(State), fields[3], true), fields[4]);
        }
        if (whole < text.Length) file.WriteByte((byte)'\n'); // cut off by a power failure: it was never sent
    }

    void Remember(string msgid, string infno, State state, string rest) {
        used.Add(msgid);
        states[msgid] = state;
        if (state == State.Pending) messages[msgid] = new Message { Msgid = msgid, Infno = infno, Body = rest };
    }

    // Returns when the line is on the disk.
    public void Write(Message message, State state, string note = "") {
        string rest = state == State.Pending ? message.Body : note;
        string line = string.Join("\t", Clock.Second(), message.Msgid, message.Infno, state.ToString().ToUpperInvariant(), rest);
        byte[] bytes = Encoding.UTF8.GetBytes(line + "\n");
        file.Write(bytes, 0, bytes.Length);
        file.Flush(true);
        Remember(message.Msgid, message.Infno, state, rest);
    }

    public Message Message(string msgid) {
        if (!messages.TryGetValue(msgid, out var message)) throw new ArgumentException("not in the log: " + msgid);
        return message;
    }

    public bool IsOpen(Message message) {
        return states.TryGetValue(message.Msgid, out var state) && (state == State.Pending || state == State.Unknown);
    }

    public List<Message> OpenMessages() { return messages.Values.Where(IsOpen).ToList(); }

    // Code (12), second (14), till (2), number within the second (2): never the same twice.
    public string NewMsgid(Settings settings) {
        string code = settings.Institution.Substring(0, Math.Min(12, settings.Institution.Length));
        while (true) {
            string second = Clock.Digits();
            for (int number = 0; number < 100; number++) {
                string msgid = code + second + settings.Till.PadLeft(2, '0') + number.ToString("00");
                if (used.Add(msgid)) return msgid;
            }
        }
    }

    public void Dispose() { file.Dispose(); }
}

static class Clock {
    public static string Second() { return DateTime.Now.ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture); }
    public static string Digits() { return DateTime.Now.ToString("yyyyMMddHHmmss", CultureInfo.InvariantCulture); }
}

// As much JSON as this needs; yours has a library for it. Here an answer is read as XML elements, so a
// number stays the text it was sent as.
sealed class Json {
    public readonly string Text;
    public Json(string text) { Text = text; }

    public static Json Object(params object[] namesAndValues) {
        var members = new List<string>();
        for (int i = 0; i < namesAndValues.Length; i += 2)
            members.Add(Write(namesAndValues[i]) + ":" + Write(namesAndValues[i + 1]));
        return new Json("{" + string.Join(",", members) + "}");
    }

    static string Write(object value) {
        if (value is Json json) return json.Text;
        var text = new StringBuilder("\"");
        foreach (char c in value.ToString())
            if (c == '"' || c == '\\') text.Append('\\').Append(c);
            else if (c < ' ') text.AppendFormat("\\u{0:x4}", (int)c);
            else text.Append(c);
        return text.Append('"').ToString();
    }

    public static XElement Read(byte[] body) {
        using (var reader = JsonReaderWriterFactory.CreateJsonReader(body, XmlDictionaryReaderQuotas.Max))
            return XElement.Load(reader);
    }

    // A text or a number, "" when it is absent.
    public static string Field(XElement parent, string name) { return (string)parent?.Element(name) ?? ""; }
}

sealed class Settings {
    public string Url, Institution, Area, Till, Proof, Secret, Paasid, Log;
    public TimeSpan Timeout, Pause;

    public static Settings FromEnvironment() {
        string institution = Get("INSTITUTION", null) ?? throw new ArgumentException("GONGJI_INSTITUTION is not set");
        return new Settings {
            Url = Get("URL", "http://127.0.0.1:8080"), Institution = institution, Area = Get("AREA", "310101"),
            Till = Get("TILL", "01"), Proof = Get("PROOF", "none"), Secret = Get("SECRET", ""),
            Paasid = Get("PAASID", institution), Log = Get("LOG", "pending.log"),
            Timeout = Seconds(Get("TIMEOUT_S", "30")), Pause = Seconds(Get("PAUSE_S", "1")),
        };
    }

    static string Get(string name, string otherwise) { return Environment.GetEnvironmentVariable("GONGJI_" + name) ?? otherwise; }
    static TimeSpan Seconds(string text) { return TimeSpan.FromSeconds(double.Parse(text, CultureInfo.InvariantCulture)); }
}

static class Program {
    static int Main(string[] words) {
        if (words.Length == 0) {
            Console.Error.WriteLine("usage: Till quote|buy|cancel|reverse|recover …");
            return 2;
        }
        Console.OutputEncoding = new UTF8Encoding(false);
        var settings = Settings.FromEnvironment();
        using (var log = new PendingLog(settings.Log)) return Run(new Till(settings, log), words);
    }

    static int Run(Till till, string[] words) {
        switch (words[0]) {
            case "quote":
                var answer = till.Quote(words[1], words[2], words[3]);
                bool quoted = answer.Word == Word.Done;
                Show(answer, "state", quoted ? "QUOTED" : "NOT_QUOTED");
                return quoted ? 0 : 1;
            case "buy": return Show(till.Buy(words[1], words[2], words[3], words.Length > 4 ? words[4] : null));
            case "cancel": return Show(till.Cancel(words[1], words[2], words[3]));
            case "reverse": return Show(till.Reverse(words[1]));
            case "recover": return till.Recover().Select(Show).DefaultIfEmpty(0).Max();
            default: throw new ArgumentException(words[0]);
        }
    }

    static int Show(Fate fate) {
        Show(fate.Answer, "state", fate.State.ToString().ToUpperInvariant(), "msgid", fate.Message.Msgid, "infno", fate.Message.Infno);
        return fate.State == State.Success || fate.State == State.Reversed ? 0 : fate.State == State.Fail ? 1 : 3;
    }

    // Who pays what. Own money is what is left, in provinces that count the family's apart as well.
    static void Show(Answer answer, params object[] first) {
        var line = new List<object>(first) { "code", answer.Code, "text", answer.Text };
        var info = answer.Output.Element("setlinfo");
        if (info != null) {
            decimal family = Amount(info, "acct_mulaid_pay"), cash = Amount(info, "psn_cash_pay");
            decimal own = Amount(info, "psn_part_amt") - cash - family;
            line.AddRange(new object[] { "own", Fixed(own), "family", Fixed(family), "cash", Fixed(cash) });
            foreach (string name in new[] { "setl_id", "mdtrt_id", "quote_id" })
                line.AddRange(new object[] { name, Json.Field(info, name) });
        }
        Console.WriteLine(Json.Object(line.ToArray()).Text);
    }

    static decimal Amount(XElement info, string name) { return Till.Yuan(Json.Field(info, name)); }
    static string Fixed(decimal amount) { return amount.ToString("0.00", CultureInfo.InvariantCulture); }
}
