/* The page of a roster: everything is drawn from the data block, texts only ever by textContent. */
(function () {
  "use strict";
  const data = JSON.parse(document.getElementById("data").textContent);
  const LINES = ["周末", "节假日", "午间", "应约", "带班", "调休", "顶岗"];
  const COLORS = { 周末: "#2b6ca3", 节假日: "#b5473c", 午间: "#58a06a", 应约: "#b9852b", 带班: "#6d56a3" };
  const QUIET = ["调休", "顶岗"]; // not ticked at first: the calendar tells who is on duty
  const SHOWN = 6; // entries of a day before "还有 N 条"
  const PAPER = { width: 1000, height: 600 }; // what a chart may take of A4 landscape, pixels
  const CHARTED = 60; // bars of the load chart, beyond it is drawn by window
  const byId = (id) => document.getElementById(id);

  // ---- data --------------------------------------------------------------------------------------------------

  function records(table) {
    return data.tables[table].rows.map((row) => {
      const record = {};
      data.tables[table].fields.forEach((field, n) => { record[field] = row[n]; });
      return record;
    });
  }

  const people = records("people"), windows = records("windows"), calendar = records("calendar");
  const duties = records("duties"), leaves = records("leaves"), standIns = records("stand_ins");
  const bookings = records("bookings"), bank = records("bank"), issues = records("issues");
  const personOf = new Map(people.map((p) => [p.person, p]));
  const windowName = new Map(windows.map((w) => [w.window, w.window_name]));
  const nameOf = (id) => (personOf.has(id) && personOf.get(id).name) || id;
  const windowText = (id) => windowName.get(id) || id;
  const projected = new Set(calendar.filter((d) => d.flags.includes("推算")).map((d) => d.day));
  const dayText = (day) => (projected.has(day) ? `${day}（推算）` : day);
  const minutesOf = (clock) => Number(clock.slice(0, 2)) * 60 + Number(clock.slice(3));
  const hours = (minutes) => Math.round(minutes / 6) / 10;
  const collator = new Intl.Collator("zh-CN");

  // ---- small helpers -----------------------------------------------------------------------------------------

  function make(tag, options, ...children) {
    const element = document.createElement(tag);
    for (const [name, value] of Object.entries(options || {})) {
      if (name === "text") element.textContent = value;
      else if (name === "class") element.className = value;
      else if (name === "click") element.addEventListener("click", value);
      else element.setAttribute(name, value);
    }
    element.append(...children);
    return element;
  }

  function table(caption, heads, rows, none) {
    if (!rows.length) return make("p", { text: none || "没有记录。" });
    const numeric = heads.map((_, n) => rows.every((row) => typeof row[n] === "number" || row[n] === null));
    const cell = (tag, value, n, scope) => {
      const plain = value === null || value === undefined ? "" : value;
      const content = plain instanceof Node ? [plain] : [String(plain)];
      const kind = numeric[n] ? "number" : typeof plain === "string" && plain.length > 24 ? "long" : "";
      return make(tag, scope ? { class: kind, scope: scope } : { class: kind }, ...content);
    };
    const head = make("tr", {}, ...heads.map((text, n) => cell("th", text, n, "col")));
    const body = rows.map((row) =>
      make("tr", {}, ...row.map((value, n) => (n === 0 ? cell("th", value, n, "row") : cell("td", value, n)))));
    const made = make("table", {}, make("caption", { text: caption }), make("thead", {}, head), make("tbody", {}, ...body));
    return make("div", { class: "scroll", tabindex: "0", role: "region", "aria-label": caption }, made);
  }

  function fill(id, ...children) { byId(id).replaceChildren(...children); }

  function option(value, text) { return make("option", { value: value, text: text }); }

  function grouped(items, keyOf) {
    const found = new Map();
    for (const item of items) {
      const key = keyOf(item);
      if (!found.has(key)) found.set(key, []);
      found.get(key).push(item);
    }
    return found;
  }

  // ---- filters -----------------------------------------------------------------------------------------------

  const present = LINES.filter((line) =>
    duties.some((d) => d.line === line) || (line === "调休" && leaves.length) || (line === "顶岗" && standIns.length));

  function setUpFilters() {
    for (const w of windows) byId("window").append(option(w.window, w.window_name === w.window ? w.window : `${w.window_name}（${w.window}）`));
    for (const p of people) byId("people").append(option(`${p.name} ${p.person}`.trim(), p.place || ""));
    for (const line of present) {
      const box = make("input", { type: "checkbox", value: line, id: `line-${line}` });
      box.checked = box.defaultChecked = !QUIET.includes(line);
      byId("lines").append(make("label", { for: box.id }, box, line));
    }
    byId("filters").addEventListener("input", draw);
    byId("window").addEventListener("change", draw); // some browsers send no input event for a list
    byId("filters").addEventListener("reset", () => setTimeout(draw, 0));
    byId("filters").addEventListener("submit", (event) => event.preventDefault());
    byId("order").addEventListener("change", draw);
  }

  function asked() {
    const words = byId("person").value.trim().toLowerCase().split(/\s+/).filter(Boolean);
    const exact = words.length ? words[words.length - 1] : "";
    let chosen = null;
    if (personOf.has(exact)) chosen = new Set([exact]);
    else if (words.length) {
      chosen = new Set(people.filter((p) => words.every((w) => `${p.name} ${p.person}`.toLowerCase().includes(w))).map((p) => p.person));
    }
    const lines = new Set([...byId("lines").querySelectorAll("input:checked")].map((box) => box.value));
    return { window: byId("window").value, chosen: chosen, lines: lines };
  }

  const personFits = (filter, person) => !filter.chosen || filter.chosen.has(person);

  function atHome(filter, person) {
    if (!filter.window) return true;
    const place = (personOf.get(person) || {}).place;
    const name = windowText(filter.window);
    return place === name || place === `${name}(${filter.window})` || place === filter.window;
  }

  const dutyFits = (filter, row) =>
    filter.lines.has(row.line) && (!filter.window || row.window === filter.window) && personFits(filter, row.person);

  const leaveFits = (filter, row) =>
    (!filter.window || row.window === filter.window || atHome(filter, row.person)) && personFits(filter, row.person);

  const standInFits = (filter, row) =>
    (!filter.window || atHome(filter, row.absentee)) &&
    (personFits(filter, row.absentee) || (row.stand_in && personFits(filter, row.stand_in)));

  // ---- calendar ----------------------------------------------------------------------------------------------

  function entriesOf(filter) {
    const found = new Map(calendar.map((day) => [day.day, []]));
    const add = (day, entry) => { if (found.has(day)) found.get(day).push(entry); };
    const segments = grouped(duties, (d) => `${d.day}|${d.line}`);
    const count = new Map([...segments].map(([key, rows]) => [key, new Set(rows.map((r) => r.start)).size]));
    const shown = grouped(duties.filter((d) => dutyFits(filter, d)), (d) => `${d.day}|${d.line}|${d.window}`);
    for (const rows of shown.values()) {
      const first = rows[0];
      const parts = grouped(rows, (r) => r.person);
      const names = [...parts].map(([person, own]) => {
        const partly = first.line !== "应约" && own.length < count.get(`${first.day}|${first.line}`);
        const when = first.line === "应约" ? own.map((r) => `${r.start}–${r.end}`) : own.map((r) => r.segment || `${r.start}–${r.end}`);
        return nameOf(person) + (partly || first.line === "应约" ? `（${when.join("、")}）` : "");
      });
      add(first.day, { line: first.line, place: windowText(first.window), names: names });
    }
    for (const [key, rows] of grouped(filter.lines.has("调休") ? leaves.filter((l) => leaveFits(filter, l)) : [], (l) => `${l.day}|${l.person}`)) {
      add(key.split("|")[0], { line: "调休", place: "", names: [`${nameOf(rows[0].person)}（${rows.map((r) => r.half).join("、")}）`] });
    }
    for (const row of filter.lines.has("顶岗") ? standIns.filter((s) => standInFits(filter, s)) : []) {
      const who = row.stand_in ? nameOf(row.stand_in) : "空岗";
      add(row.day, { line: "顶岗", place: `${row.half} ${row.post}`, names: [`${who} 代 ${nameOf(row.absentee)}`] });
    }
    for (const list of found.values()) list.sort((a, b) => LINES.indexOf(a.line) - LINES.indexOf(b.line));
    return found;
  }

  function drawCalendar(filter) {
    const entries = entriesOf(filter);
    const months = grouped(calendar, (day) => day.day.slice(0, 7));
    const made = [...months].map(([month, days]) => {
      const title = `${Number(month.slice(0, 4))}年${Number(month.slice(5))}月`;
      const list = make("ol", { class: "month", "aria-label": title }, ...days.map((day) => dayCell(day, entries.get(day.day))));
      const offset = (new Date(`${days[0].day}T00:00:00Z`).getUTCDay() + 6) % 7;
      list.firstChild.style.gridColumnStart = String(offset + 1);
      const heads = make("div", { class: "heads", "aria-hidden": "true" }, ...[..."一二三四五六日"].map((d) => make("span", { text: d })));
      return make("div", {}, make("h3", { text: title }), heads, list);
    });
    fill("months", ...made);
    const all = [...entries.values()].reduce((sum, list) => sum + list.length, 0);
    byId("found").textContent = `共 ${all} 条安排`;
  }

  function dayTitle(day) {
    const flags = [day.festival, day.day_class !== "工作日" && day.day_class, ...day.flags].filter(Boolean);
    return { date: `${Number(day.day.slice(5, 7))}月${Number(day.day.slice(8))}日`, about: [...new Set(flags)].join(" ") };
  }

  function dayCell(day, list) {
    const title = dayTitle(day);
    const heading = make("h4", {},
      make("button", { type: "button", text: title.date, "aria-label": `${title.date}${day.weekday}，查看当日`, click: () => showDay(day) }),
      make("span", { class: "weekday", text: day.weekday }), make("span", { text: title.about }));
    const cell = make("li", { class: `day ${day.day_class || ""} ${list.length ? "" : "empty"}`, "data-day": day.day }, heading);
    if (!list.length) return cell;
    if (list.length > SHOWN) {
      const sums = [...grouped(list, (e) => e.line)].map(([line, own]) => `${line} ${own.length}`);
      cell.append(make("p", { class: "sum", text: sums.join(" · ") }));
    }
    cell.append(make("ul", {}, ...list.map((entry, n) => make("li", n < SHOWN ? {} : { class: "more" },
      make("span", { class: `line ${entry.line}`, text: entry.line }),
      `${entry.place ? entry.place + "：" : ""}${entry.names.join("、")}`))));
    if (list.length > SHOWN) {
      const closed = `还有 ${list.length - SHOWN} 条`;
      const toggle = make("button", { type: "button", class: "toggle", text: closed, "aria-expanded": "false" });
      toggle.addEventListener("click", () => {
        const open = cell.classList.toggle("open");
        toggle.textContent = open ? "收起" : closed;
        toggle.setAttribute("aria-expanded", String(open));
      });
      cell.append(toggle);
    }
    return cell;
  }

  function showDay(day) {
    const filter = asked();
    const title = dayTitle(day);
    byId("day-title").textContent = `${title.date} ${day.weekday} ${title.about}`;
    const served = duties.filter((d) => d.day === day.day && dutyFits(filter, d));
    const booked = bookings.filter((b) => b.day === day.day && (!filter.window || b.window === filter.window));
    const off = leaves.filter((l) => l.day === day.day && leaveFits(filter, l));
    const stood = standIns.filter((s) => s.day === day.day && standInFits(filter, s));
    fill("day-body",
      make("h3", { text: "值班" }),
      table("当日值班", ["线", "时间", "窗口", "人员", "角色", "岗位", "预约"],
        served.map((d) => [d.line, `${d.start}–${d.end}`, windowText(d.window), nameOf(d.person), d.role, d.posts.join("、"), d.appointments.join("、")]),
        "当日没有值班。"),
      ...(booked.length ? [make("h3", { text: "预约" }), table("当日预约", ["预约编号", "时间", "窗口", "人员", "方式", "满足"],
        booked.map((b) => [b.appointment, `${b.start}–${b.end}`, `${windowText(b.window)}（${b.role}）`, b.servers.map(nameOf).join("、"), b.modes.join("、"), b.met ? "是" : "否"]))] : []),
      ...(off.length ? [make("h3", { text: "调休" }), table("当日调休", ["姓名", "时段", "时间"],
        off.map((l) => [nameOf(l.person), l.half, `${l.start}–${l.end}`]))] : []),
      ...(stood.length ? [make("h3", { text: "顶岗" }), table("当日顶岗", ["时段", "岗位", "缺席人", "原因", "顶岗人"],
        stood.map((s) => [s.half, s.post, nameOf(s.absentee), s.reason, s.stand_in ? nameOf(s.stand_in) : "空岗"]))] : []));
    const dialog = byId("day");
    if (dialog.showModal) dialog.showModal(); else dialog.setAttribute("open", "");
  }

  // ---- load --------------------------------------------------------------------------------------------------

  const WORK = ["午间", "周末", "节假日", "应约", "带班"];

  function loadOf(filter) {
    const own = new Map(people.map((p) => [p.person, { id: p.person, name: p.name || p.person, place: p.place, mean: p.mean_hours, minutes: {}, times: {}, total: 0 }]));
    const days = new Set();
    for (const row of duties) {
      const load = own.get(row.person);
      if (!load || !filter.lines.has(row.line)) continue;
      const mark = `${row.person}|${row.line}|${row.line === "应约" ? row.appointments.join() : row.day}`;
      if (!days.has(mark)) { days.add(mark); load.times[row.line] = (load.times[row.line] || 0) + 1; }
      if (row.line === "带班" && !row.credited) continue; // listening in is no time worked
      const minutes = minutesOf(row.end) - minutesOf(row.start);
      load.minutes[row.line] = (load.minutes[row.line] || 0) + minutes;
      load.total += minutes;
    }
    const serving = new Set(duties.filter((d) => filter.window && d.window === filter.window).map((d) => d.person));
    return [...own.values()].filter((l) => personFits(filter, l.id) && (atHome(filter, l.id) || serving.has(l.id)));
  }

  const above = (load) => (load.mean === null ? null : Math.round((hours(load.total) - load.mean) * 10) / 10);

  function ordered(loads) {
    const order = byId("order").value;
    if (order === "hours") loads.sort((a, b) => b.total - a.total || collator.compare(a.name, b.name));
    if (order === "above") loads.sort((a, b) => (above(b) || 0) - (above(a) || 0));
    return loads;
  }

  function byWindow(loads) {
    return [...grouped(loads, (l) => l.place || "（窗口不明）")].map(([place, own]) => {
      const mean = (of) => own.reduce((sum, load) => sum + of(load), 0) / own.length;
      const known = own.filter((l) => l.mean !== null);
      return {
        id: place, name: `${place}（${own.length}人均）`, place: place, times: {}, total: mean((l) => l.total),
        minutes: Object.fromEntries(WORK.map((line) => [line, mean((l) => l.minutes[line] || 0)])),
        mean: known.length ? known.reduce((sum, l) => sum + l.mean, 0) / known.length : null,
      };
    });
  }

  function drawLoad(filter) {
    const loads = ordered(loadOf(filter));
    const complete = WORK.every((line) => !present.includes(line) || filter.lines.has(line));
    const totals = loads.map((l) => hours(l.total));
    const widest = loads.filter((l) => above(l) !== null).sort((a, b) => Math.abs(above(b)) - Math.abs(above(a)))[0];
    byId("load-said").textContent = loads.length
      ? `${loads.length} 人，每人 ${Math.min(...totals)} 至 ${Math.max(...totals)} 小时，平均 ${Math.round(totals.reduce((a, b) => a + b, 0) / loads.length * 10) / 10} 小时。` +
        (complete && widest ? `离份额最远的是 ${widest.name}（${above(widest) > 0 ? "多" : "少"} ${Math.abs(above(widest))} 小时）。` : "") +
        "公平份额为本公平组（未设公平组的为本窗口）人均小时，竖线标出。"
      : "没有符合筛选的人员。";
    const lines = WORK.filter((line) => present.includes(line));
    fill("load-table", table("每人值班次数与小时", ["姓名", "工号", "窗口", ...lines.map((l) => `${l}（次）`), "小时", "公平份额", "相差"],
      loads.map((l) => [l.name, l.id, l.place, ...lines.map((line) => l.times[line] || 0), hours(l.total), complete ? l.mean : null, complete ? above(l) : null])));
    const bars = loads.length > CHARTED ? ordered(byWindow(loads)) : loads;
    const sets = lines.filter((line) => filter.lines.has(line) && bars.some((b) => b.minutes[line])).map((line) => ({
      type: "bar", label: line, data: bars.map((b) => hours(b.minutes[line] || 0)), backgroundColor: COLORS[line], stack: "hours", order: 2,
    }));
    if (complete && bars.some((b) => b.mean !== null)) {
      sets.push({ type: "line", label: "公平份额", data: bars.map((b) => b.mean), showLine: false, pointStyle: "line", pointRotation: 90,
        pointRadius: 9, pointHoverRadius: 11, pointBorderWidth: 3, borderColor: "#1c2733", backgroundColor: "#1c2733", order: 1 });
    }
    byId("load-chart").setAttribute("aria-label", loads.length > CHARTED ? "各窗口人均值班小时" : "每人值班小时与公平份额");
    byId("load-chart").parentNode.style.height = `${Math.max(160, bars.length * 24 + 90)}px`;
    chart("load-chart", { type: "bar", data: { labels: bars.map((b) => b.name), datasets: sets }, options: {
      indexAxis: "y", scales: { x: { stacked: true, beginAtZero: true, title: { display: true, text: "小时" } }, y: { stacked: true, ticks: { autoSkip: false } } },
    } });
  }

  // ---- time bank ---------------------------------------------------------------------------------------------

  function drawBank(filter) {
    const accounts = bank.filter((a) => personFits(filter, a.person) && atHome(filter, a.person));
    const chosen = new Set(accounts.map((a) => a.person));
    const change = new Map(calendar.map((day) => [day.day, 0]));
    const move = (row, minutes) => { if (chosen.has(row.person) && change.has(row.day)) change.set(row.day, change.get(row.day) + minutes); };
    for (const row of duties) move(row, row.credited);
    for (const row of leaves) move(row, -row.minutes);
    const sum = (field) => accounts.reduce((total, a) => total + a[field], 0);
    let balance = sum("opening");
    const days = calendar.map((day) => { balance += change.get(day.day); return { day: day.day, balance: balance }; });
    const rest = sum("closing") - balance; // 延时 and 过期, which no row dates
    if (days.length) days[days.length - 1].balance += rest;
    byId("bank-said").textContent = accounts.length
      ? `${accounts.length} 人：期初 ${hours(sum("opening"))} 小时，挣得 ${hours(sum("weekend") + sum("holiday") + sum("lunch") + sum("call_in") + sum("overtime"))}，` +
        `已休 ${hours(sum("taken"))}，过期 ${hours(sum("expired"))}，期末 ${hours(sum("closing"))}。` + (rest ? "延时和过期没有逐日记载，计在最后一天。" : "")
      : "没有符合筛选的账户。";
    const fields = ["opening", "weekend", "holiday", "lunch", "call_in", "overtime", "taken", "expired", "closing"];
    fill("bank-table", table("每人时间银行，小时", ["姓名", "工号", "期初", "周末", "节假日", "午间", "应约", "延时", "已休", "过期", "期末"],
      accounts.map((a) => [a.name || a.person, a.person, ...fields.map((f) => hours(a[f]))])));
    fill("balance-table", table("每日结余，小时", ["日期", "结余"], days.map((d) => [dayText(d.day), hours(d.balance)])));
    byId("bank-chart").setAttribute("aria-label", "时间银行逐日结余");
    chart("bank-chart", { type: "line", data: { labels: days.map((d) => `${Number(d.day.slice(5, 7))}-${Number(d.day.slice(8))}`),
      datasets: [{ label: "结余（小时）", data: days.map((d) => hours(d.balance)), borderColor: "#1f5f99", backgroundColor: "rgba(31,95,153,.15)", fill: true, stepped: true, pointRadius: 2 }] },
      options: { scales: { y: { beginAtZero: true, title: { display: true, text: "小时" } } } } });
  }

  const charts = {};

  function chart(id, config) {
    if (!window.Chart) return;
    if (charts[id]) charts[id].destroy();
    Chart.defaults.font.family = getComputedStyle(document.body).fontFamily;
    Chart.defaults.color = "#1c2733";
    config.options = Object.assign({ animation: false, responsive: true, maintainAspectRatio: false, interaction: { mode: "index", axis: config.options.indexAxis === "y" ? "y" : "x", intersect: false } }, config.options);
    charts[id] = new Chart(byId(id), config);
  }

  // ---- tiers, issues, changes, run ---------------------------------------------------------------------------

  function drawTiers() {
    const mark = (status) => make("span", { class: `tag ${status === "最优" ? "good" : status === "可行" ? "remind" : ""}`, text: status });
    fill("tier-table", table("各层级的值、下界与状态", ["层级", "名称", "值", "下界", "状态", "含义"],
      records("tiers").map((t) => [t.tier, t.label, t.value, t.bound, mark(t.status), data.meanings[t.tier] || ""])));
  }

  function issueItem(found) {
    const kind = found.severity === "必须处理" ? "must" : found.severity === "提醒" ? "remind" : "";
    const where = [found.day && dayText(found.day), found.window && windowText(found.window), found.line && found.line + found.segment, found.person && nameOf(found.person), found.subject, found.rule];
    const item = make("li", {}, make("p", {}, make("span", { class: `tag ${kind}`, text: found.severity }), ` ${found.text}`),
      make("p", { class: "where", text: where.filter(Boolean).join(" · ") }));
    if (found.advice) item.append(make("p", { text: `建议：${found.advice}` }));
    return item;
  }

  function drawIssues(filter) {
    const shown = issues.filter((f) => (!filter.window || !f.window || f.window === filter.window) && (!filter.chosen || !f.person || filter.chosen.has(f.person)));
    byId("issues-said").textContent = issues.length ? `${shown.length} 项${shown.length < issues.length ? `（筛选前 ${issues.length} 项）` : ""}` : "没有问题。";
    fill("issue-list", ...shown.map(issueItem));
  }

  function drawOnce() {
    const grave = issues.filter((f) => f.severity === "必须处理").length;
    const reminders = issues.filter((f) => f.severity === "提醒").length;
    const badge = (text, kind) => make("li", { class: kind, text: text });
    byId("said").textContent = `${data.period} · ${windows.length} 个窗口和带班组 · ${people.length} 人${data.made ? ` · 排班时间 ${data.made}` : ""}`;
    fill("badges", grave ? badge(`必须处理 ${grave} 项`, "must") : badge("没有必须处理的问题", "good"),
      ...(reminders ? [badge(`提醒 ${reminders} 项`, "remind")] : []),
      ...(data.edited ? [badge("排班明细已手工改动，请重新检查", "remind")] : []),
      ...(calendar.some((d) => d.flags.includes("推算")) ? [badge("含推算的放假安排", "remind")] : []));
    drawTiers();
    fill("change-table", table("相对原值班表的变更", ["日期", "线", "时段", "窗口", "人员", "原安排", "新安排", "原因"],
      records("changes").map((c) => [dayText(c.day), c.line, c.segment, c.place, c.who, c.before, c.after, c.why]), "没有变更记录（不是重新排班，或没有改动）。"));
    fill("info-table", table("求解信息", ["项目", "值"], records("info").map((i) => [i.item, i.content])));
  }

  function draw() {
    const filter = asked();
    drawCalendar(filter);
    drawLoad(filter);
    drawBank(filter);
    drawIssues(filter);
  }

  // Charts are pixels: before printing they take the size of the paper, afterwards that of the window again.
  window.addEventListener("beforeprint", () => {
    for (const drawn of Object.values(charts)) {
      drawn.screenHeight = drawn.canvas.parentNode.style.height;
      const height = Math.min(drawn.height, PAPER.height);
      drawn.canvas.parentNode.style.height = `${height}px`;
      if (drawn.options.indexAxis === "y") drawn.options.scales.y.ticks.font = { size: 8 };
      drawn.resize(PAPER.width, height);
      drawn.update("none");
    }
  });
  window.addEventListener("afterprint", () => {
    for (const drawn of Object.values(charts)) {
      drawn.canvas.parentNode.style.height = drawn.screenHeight;
      if (drawn.options.indexAxis === "y") drawn.options.scales.y.ticks.font = {};
      drawn.resize();
      drawn.update("none");
    }
  });

  setUpFilters();
  drawOnce();
  draw();
})();
