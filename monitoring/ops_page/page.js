// The ops page. Asks for new points every two seconds, keeps a quarter of an hour, and says so when
// nobody answers. Chart.js stands before this script; nothing is loaded from anywhere else.
"use strict";
(() => {
  const STEP_MS = 2000;
  const KEPT = 450;
  const ASK_TIMEOUT_MS = 4000;
  const GOOD_WORDS = {
    money: { good: "No", warning: "Not known yet", bad: "YES" },
    serving: { good: "Yes", warning: "In part", bad: "NO" },
  };
  const $ = (id) => document.getElementById(id);
  const root = document.documentElement;
  let points = [];
  let lastAnswer = null;
  let token = sessionStorage.getItem("gongji-ops-token") || "";
  const charts = {};

  // ---- numbers for people ----
  const number = (value, digits = 0) =>
    value.toLocaleString("en", { maximumFractionDigits: digits, minimumFractionDigits: digits });
  const short = (value) =>
    value >= 100 || Number.isInteger(value) ? number(value) : value >= 1 ? number(value, 1) : number(value, 2);
  const ms = (seconds) => `${short(seconds * 1000)} ms`;
  const bytes = (value) => {
    const gib = value / 2 ** 30;
    return gib >= 1 ? `${short(gib)} GiB` : `${short(value / 2 ** 20)} MiB`;
  };
  const time = (at) => new Date(at).toLocaleTimeString("en-GB");
  const since = (seconds) => {
    if (seconds < 90) return `${Math.max(0, Math.round(seconds))} s`;
    if (seconds < 5400) return `${Math.round(seconds / 60)} min`;
    return seconds < 172800 ? `${Math.round(seconds / 3600)} h` : `${Math.round(seconds / 86400)} days`;
  };

  // ---- charts ----
  const colour = (name) => getComputedStyle(root).getPropertyValue(`--${name}`).trim();
  const line = (label, key, tone, more = {}) => ({ label, key, tone, scale: 1, ...more });
  const CHARTS = {
    rate: { stacked: true, lines: [
      line("applied", "applied_per_s", "one"), line("refused", "refused_per_s", "two", { dash: [2, 2] }),
      line("replayed", "replayed_per_s", "four", { dash: [6, 3] }), line("unknown", "unknown_per_s", "five", { dash: [1, 3] }),
      line("turned away", "turned_away_per_s", "three", { dash: [8, 2, 2, 2] })] },
    latency: { limit: (data) => data.limits.latency_s * 1000, lines: [
      line("half within", "p50_s", "four", { scale: 1000 }), line("95 of 100", "p95_s", "one", { scale: 1000, dash: [6, 3] }),
      line("99 of 100", "p99_s", "two", { scale: 1000, dash: [2, 2] })] },
    paid: { stacked: true, lines: [
      line("own account", "own_fen_per_s", "one", { scale: .01 }), line("family", "family_fen_per_s", "two", { scale: .01, dash: [6, 3] }),
      line("cash", "cash_fen_per_s", "four", { scale: .01, dash: [2, 2] })] },
    sync: { lines: [line("half within", "sync_p50_s", "one", { scale: 1000 }), line("99 of 100", "sync_p99_s", "two", { scale: 1000, dash: [2, 2] })] },
    batch: { lines: [line("records a sync", "records_per_sync", "one")] },
    inflight: { limit: (data) => data.limits.inflight, lines: [line("in flight", "inflight", "one"), line("longest queue of a household", "queue_longest", "two", { dash: [2, 2] })] },
    redis: { lines: [line("records behind", "redis_lag_records", "one")] },
  };

  // A line is told by its dashes as well as by its colour; the legend must show both.
  function dashedLabels(chart) {
    return Chart.defaults.plugins.legend.labels.generateLabels(chart).map((item) => {
      const set = chart.data.datasets[item.datasetIndex];
      return { ...item, lineDash: set.borderDash, lineWidth: 2, strokeStyle: set.borderColor };
    });
  }

  function makeCharts() {
    Chart.defaults.font.family = getComputedStyle(document.body).fontFamily;
    Chart.defaults.animation = false;
    for (const [id, plan] of Object.entries(CHARTS)) {
      charts[id] = new Chart($(id), {
        type: "line",
        data: { datasets: plan.lines.concat(plan.limit ? [{ label: "limit", isLimit: true }] : []).map((each, at) => ({
          label: each.label, data: [], borderWidth: each.isLimit ? 1.5 : 2, pointRadius: 0, tension: .25,
          borderDash: each.isLimit ? [10, 5] : each.dash || [], fill: plan.stacked ? (at ? "-1" : "origin") : false, stack: each.isLimit ? "limit" : "all" })) },
        options: {
          responsive: true, maintainAspectRatio: false, parsing: false, normalized: true,
          interaction: { mode: "index", intersect: false },
          plugins: { legend: { labels: { usePointStyle: true, pointStyle: "line", pointStyleWidth: 30, padding: 8, generateLabels: dashedLabels }, position: "bottom" },
            tooltip: { callbacks: { title: (items) => time(items[0].parsed.x), label: (item) => ` ${item.dataset.label}: ${short(item.parsed.y)}` } } },
          scales: {
            x: { type: "linear", ticks: { maxTicksLimit: 5, maxRotation: 0, callback: (value) => time(value).slice(0, 5) } },
            y: { beginAtZero: true, stacked: Boolean(plan.stacked), suggestedMax: 1, ticks: { maxTicksLimit: 5, callback: (value) => short(value) } },
          },
        },
      });
    }
  }

  function paintCharts() {
    Chart.defaults.color = colour("soft");
    for (const [id, chart] of Object.entries(charts)) {
      chart.data.datasets.forEach((set, at) => {
        const each = CHARTS[id].lines[at];
        set.borderColor = each ? colour(each.tone) : colour("bad");
        set.backgroundColor = each ? `${colour(each.tone)}2e` : "transparent";
      });
      for (const axis of Object.values(chart.options.scales)) {
        axis.grid = { color: colour("grid") };
        axis.ticks.color = colour("soft");
      }
      chart.options.plugins.legend.labels.color = colour("ink");
      chart.update("none");
    }
  }

  function drawCharts(data) {
    const newest = points.length ? points[points.length - 1].at_ms : data.now_ms;
    for (const [id, plan] of Object.entries(CHARTS)) {
      const chart = charts[id];
      plan.lines.forEach((each, at) => {
        chart.data.datasets[at].data = points.map((point) => ({ x: point.at_ms, y: point[each.key] * each.scale }));
      });
      if (plan.limit) {
        const level = plan.limit(data);
        const highest = Math.max(...chart.data.datasets.slice(0, -1).flatMap((set) => set.data.map((point) => point.y)), 0);
        // A limit far above everything would flatten what is to be seen.
        const near = highest > level / 20;
        chart.data.datasets[plan.lines.length].data = near ? [{ x: newest - STEP_MS * KEPT, y: level }, { x: newest, y: level }] : [];
        chart.data.datasets[plan.lines.length].label = `limit ${short(level)}${near ? "" : " (far above)"}`;
      }
      chart.options.scales.x.min = Math.max(newest - STEP_MS * KEPT, points.length ? points[0].at_ms : 0);
      chart.options.scales.x.max = newest;
      // A browser that does not paint (a hidden tab) does not tell a chart that its place has grown.
      if (Math.abs(chart.canvas.parentNode.clientWidth - chart.width) > 2) chart.resize();
      chart.update("none");
    }
    $("redis").hidden = !data.now.redis_wanted;
    $("redis-note").textContent = data.now.redis_wanted ? "" : "Hot balances are not configured (redis.url).";
    $("redis-note").hidden = data.now.redis_wanted;
  }

  function bars(id, rows, none) {
    const place = $(id);
    place.replaceChildren();
    const most = Math.max(...rows.map((row) => row.value), 0);
    if (!rows.length) {
      const note = place.appendChild(document.createElement("p"));
      note.className = "none";
      note.textContent = none;
    }
    for (const row of rows) {
      const bar = place.appendChild(document.createElement("div"));
      bar.className = "bar";
      bar.appendChild(document.createElement("span")).textContent = row.name;
      const meter = bar.appendChild(document.createElement("meter"));
      meter.max = most;
      meter.value = row.value;
      meter.setAttribute("aria-label", `${row.name}: ${short(row.value)}`);
      bar.appendChild(document.createElement("span")).textContent = short(row.value);
    }
  }

  // ---- the top line ----
  function answer(id, verdict) {
    const place = $(id);
    place.className = `answer ${verdict.grade}`;
    place.querySelector(".mark").textContent = GOOD_WORDS[id][verdict.grade];
    place.querySelector(".text").textContent = verdict.text.replace(/^(Yes|No|In part): /, "");
  }

  function findings(wrong) {
    const worst = wrong.length ? wrong[0].grade : "good";
    $("wrong").className = `answer ${worst}`;
    $("wrong").querySelector(".mark").textContent = wrong.length ? `${wrong.length} finding${wrong.length > 1 ? "s" : ""}` : "Nothing";
    const list = $("wrong").querySelector(".findings");
    list.replaceChildren();
    for (const each of wrong.slice(0, 6)) {
      const item = list.appendChild(document.createElement("li"));
      item.className = each.grade;
      item.appendChild(document.createElement("b")).textContent = each.grade === "bad" ? "Now: " : "Look: ";
      item.append(each.text + " ");
      item.appendChild(document.createElement("code")).textContent = each.alert;
    }
  }

  function figures(data) {
    const { now, minute, limits } = data;
    const all = minute.applied_per_s + minute.refused_per_s + minute.replayed_per_s + minute.unknown_per_s;
    const rows = [
      ["messages/s", short(all), `${short(minute.refused_per_s)} refused`],
      ["99 of 100 within", ms(minute.p99_s), `half within ${ms(minute.p50_s)}`],
      ["family money", `¥${short(minute.family_fen_per_s / 100)}/s`, `own ¥${short(minute.own_fen_per_s / 100)}`],
      ["imbalance", `${number(now.imbalance_fen)} fen`, "must be 0"],
      ["journal", number(now.journal_sequence), "records"],
      ["in flight", number(minute.inflight), `of ${number(limits.inflight)}`],
      ["oldest message", `${number(minute.oldest_s)} s`, "waiting"],
      ["free disk", bytes(minute.free_bytes), `stops at ${bytes(limits.free_bytes_min)}`],
      ["households", number(now.households_in_memory), "in memory"],
      ["memory", bytes(now.resident_bytes), `up ${since(data.now_ms / 1000 - now.started_s)}`],
    ];
    $("figures").replaceChildren(...rows.map(([name, value, more]) => {
      const card = document.createElement("div");
      card.className = "figure";
      card.appendChild(document.createElement("span")).textContent = name;
      card.appendChild(document.createElement("b")).textContent = value;
      card.appendChild(document.createElement("small")).textContent = ` ${more}`;
      return card;
    }));
  }

  function show(data) {
    points = points.concat(data.points).slice(-KEPT);
    lastAnswer = Date.now();
    document.body.classList.remove("stale");
    $("gone").hidden = true;
    $("identity").textContent = `${location.host} · version ${data.now.version} (${data.now.commit})`;
    $("clock").textContent = `as of ${time(data.now_ms)}`;
    document.title = `${data.verdict.wrong.length ? `(${data.verdict.wrong.length}) ` : ""}gongji ${location.host}`;
    answer("money", data.verdict.money);
    answer("serving", data.verdict.serving);
    findings(data.verdict.wrong);
    figures(data);
    const counted = (rows) => rows.map((row) => ({ name: row.reason, value: row.count }));
    bars("refusals", counted(data.refusals_5min), "Nothing was refused.");
    bars("zero", counted(data.no_family_money_5min), "Every family that could give gave.");
    bars("households", data.hottest_households.map((row) => ({ name: `household ${row.household}`, value: row.per_s })), "Nothing was decided within the last minute.");
    drawCharts(data);
  }

  function gone(why) {
    document.body.classList.add("stale");
    $("gone").hidden = false;
    $("gone-title").textContent = lastAnswer ? `No answer since ${time(lastAnswer)}.` : "No answer.";
    $("gone-text").textContent = `${why} What is below is what was last known. Nothing that was answered is lost; ` +
      "tills repeat what was not. What to do: docs/operating.md, GongjiDown.";
    $("clock").textContent = lastAnswer ? `silent for ${since((Date.now() - lastAnswer) / 1000)}` : "silent";
    document.title = `NO ANSWER · gongji ${location.host}`;
  }

  // ---- asking ----
  async function ask() {
    const after = points.length ? points[points.length - 1].at_ms : 0;
    const stop = new AbortController();
    const timer = setTimeout(() => stop.abort(), ASK_TIMEOUT_MS);
    try {
      const headers = token ? { Authorization: `Bearer ${token}` } : {};
      const reply = await fetch(`/ops/figures.json?after=${after}`, { headers, signal: stop.signal, cache: "no-store" });
      $("token-form").hidden = reply.status !== 401;
      if (reply.ok) show(await reply.json());
      else if (reply.status !== 401) gone(`The gateway answered ${reply.status}.`);
    } catch (error) {
      gone(error.name === "AbortError" ? "It took too long." : "The gateway is stopped or cannot be reached.");
    } finally {
      clearTimeout(timer);
    }
    setTimeout(ask, STEP_MS);
  }

  // ---- light and dark ----
  const prefersDark = matchMedia("(prefers-color-scheme: dark)");
  function theme() {
    root.dataset.theme = localStorage.getItem("gongji-theme") || (prefersDark.matches ? "dark" : "light");
    paintCharts();
  }
  prefersDark.addEventListener("change", theme);
  $("theme").addEventListener("click", () => {
    localStorage.setItem("gongji-theme", root.dataset.theme === "dark" ? "light" : "dark");
    theme();
  });
  $("token-form").addEventListener("submit", (event) => {
    event.preventDefault();
    token = $("token").value;
    sessionStorage.setItem("gongji-ops-token", token);
  });

  makeCharts();
  theme();
  ask();
})();
