"use strict";

// What this browser looks at; the server draws the regions for it.
const at = { phone: "", place: "", user: document.getElementById("user").value };
const drawn = {};
const seen = {};
let asking = false, again = false, first = true;

const $ = (id) => document.getElementById(id);

async function refresh() {
  if (asking) { again = true; return; }
  asking = true;
  try {
    const query = new URLSearchParams(at).toString();
    const res = await fetch("/page/state?" + query, { cache: "no-store" });
    const state = await res.json();
    // An answer to what the reader has turned away from meanwhile is of no use.
    if (query === new URLSearchParams(at).toString()) show(state);
    else again = true;
  } catch {
    say("The sandbox does not answer. Is it still running?");
  } finally {
    asking = false;
    if (again) { again = false; refresh(); }
  }
}

function show(state) {
  at.phone = state.phone;
  at.place = state.place;
  for (const [name, html] of Object.entries(state.regions)) {
    if (drawn[name] === html) continue;
    drawn[name] = html;
    redraw($(name), html);
  }
  for (const b of document.querySelectorAll("[data-skip],[data-run]")) b.disabled = state.busy !== "";
  $("say").hidden = state.place === "home";
  const title = document.querySelector("#room h2");
  if (title) $("words").placeholder = "Message " + title.textContent.trim().replace("# ", "#") + ", or a /command";
  $("call").hidden = drawn.call === "";
  tally(state.counts);
  announce();
  openModal(drawn.modal !== "");
  document.body.dataset.version = state.version;
}

// tally marks the phones and channels with something not looked at yet.
function tally(counts) {
  for (const [key, n] of Object.entries(counts)) {
    if (key === at.phone || key === at.place || seen[key] === undefined) seen[key] = first ? n : key === at.phone || key === at.place ? n : 0;
    const el = document.querySelector(`[data-phone="${CSS.escape(key)}"],[data-place="${CSS.escape(key)}"]`);
    if (el) el.classList.toggle("unread", n > seen[key]);
  }
  first = false;
}

// announce reads the newest message to who cannot see it.
let told = "";
function announce() {
  const last = (sel) => [...document.querySelectorAll(sel)].pop()?.textContent.trim().replace(/\s+/g, " ") || "";
  const now = last("#screen .theirs") + " " + last("#room .post");
  if (told && now !== told) $("announce").textContent = now;
  told = now;
}

// redraw changes a region; one that was read to its end stays at its end, and a new post
// is shown from its beginning unless somebody has scrolled away: a card that grows, by its
// picture, scrolls nobody.
const placed = new Map();
function redraw(el, html) {
  const were = new Map();
  for (const s of el.querySelectorAll("[data-scroll]")) {
    const end = s.scrollHeight - s.scrollTop - s.clientHeight < 60;
    were.set(s.dataset.scroll, { end, follows: end || placed.get(s.dataset.scroll) === s.scrollTop, last: s.lastElementChild?.dataset.ts });
  }
  morph(el, html);
  for (const s of el.querySelectorAll("[data-scroll]")) {
    const was = were.get(s.dataset.scroll) || { end: s.dataset.scroll !== "home" };
    const last = s.lastElementChild;
    const fresh = was.follows && last && last.dataset.ts !== was.last;
    if (!was.end && !fresh) continue;
    s.scrollTop = s.scrollHeight;
    if (fresh) s.scrollTop += Math.min(0, last.getBoundingClientRect().top - s.getBoundingClientRect().top - 8);
    placed.set(s.dataset.scroll, s.scrollTop);
  }
}

function read(f) {
  const kind = f.dataset.field || "";
  const on = [...f.querySelectorAll("input:checked")].map((i) => i.value);
  if (kind === "checkboxes") return on;
  if (kind === "radio_buttons") return on[0] || "";
  if (f.multiple) return [...f.selectedOptions].map((o) => o.value);
  return f.value;
}

function openModal(open) {
  const dialog = $("modal");
  if (open && !dialog.open) {
    dialog.showModal();
    const first = dialog.querySelector("[data-focus]") || dialog.querySelector(".modal-body input,.modal-body textarea,.modal-body select");
    if (first) first.focus();
  }
  if (!open && dialog.open) dialog.close();
}

let hush;
function say(words) {
  $("toast").textContent = words;
  clearTimeout(hush);
  hush = setTimeout(() => { $("toast").textContent = ""; }, 8000);
}

// act tells the server; things of one kind arrive in the order they were done.
const lines = {};
function act(what, body) {
  const done = (lines[what] || Promise.resolve()).then(() => tell(what, body));
  lines[what] = done;
  return done;
}

async function tell(what, body) {
  try {
    const res = await fetch("/page/" + what, {
      method: "POST", headers: { "Content-Type": "application/json" }, body: JSON.stringify(body),
    });
    const answer = res.ok ? await res.json() : { ok: false, error: await res.text() };
    if (!answer.ok) say(answer.error);
  } catch {
    say("The sandbox does not answer. Is it still running?");
  }
  await refresh();
}

async function press(el, value) {
  const d = el.dataset;
  if (d.confirmTitle && !(await sure(d))) return;
  el.setAttribute("aria-busy", "true");
  const form = el.closest("#modal-form");
  await act("press", {
    user: at.user, channel: d.channel || "", ts: d.ts || "", view: d.view || "", action: d.action, block: d.block, value,
    values: form ? entered(form) : {},
  });
  el.removeAttribute("aria-busy");
  if (!form) delete el.dataset.dirty;
  if (d.url) window.open(d.url, "_blank", "noopener,noreferrer");
}

// entered is what stands in a form's fields, by block.
function entered(form) {
  const values = {};
  for (const f of form.querySelectorAll(".bk-input [data-field]")) values[f.dataset.block] = read(f);
  return values;
}

// sure asks with the words of the element's confirm object.
function sure(d) {
  const dialog = $("confirm");
  dialog.textContent = "";
  const add = (parent, tag, text, className) => {
    const el = document.createElement(tag);
    el.textContent = text;
    if (className) el.className = className;
    parent.append(el);
    return el;
  };
  add(dialog, "h2", d.confirmTitle).id = "confirm-title";
  add(dialog, "p", d.confirmText);
  const foot = add(dialog, "footer", "");
  const no = add(foot, "button", d.confirmNo, "btn");
  const yes = add(foot, "button", d.confirmYes, "btn " + (d.confirmStyle || "primary"));
  no.dataset.testid = "confirm-no";
  yes.dataset.testid = "confirm-yes";
  return new Promise((resolve) => {
    dialog.onclose = () => resolve(dialog.returnValue === "yes");
    no.onclick = () => dialog.close("no");
    yes.onclick = () => dialog.close("yes");
    dialog.returnValue = "";
    dialog.showModal();
  });
}

document.addEventListener("click", (e) => {
  for (const menu of document.querySelectorAll("details.overflow[open]")) {
    if (!e.target.closest("summary") || !menu.contains(e.target)) menu.open = false;
  }
  const el = e.target.closest("button");
  if (!el) return;
  const d = el.dataset;
  if (d.press !== undefined) press(el, d.value === undefined ? null : d.value);
  else if (d.phone !== undefined) { at.phone = d.phone; refresh(); }
  else if (d.place !== undefined) go(d.place);
  else if (d.skip !== undefined) act("skip", { to: d.skip, phone: at.phone });
  else if (d.run !== undefined) act("action", { index: Number(d.run) });
  else if (d.call !== undefined) act("call", { call: d.call, do: d.do, digit: d.digit || "" });
  else if (d.close !== undefined) act("close", { user: at.user });
});

function go(place) {
  at.place = place;
  if (place === "home") act("home", { user: at.user });
  else refresh();
}

document.addEventListener("change", (e) => {
  if (e.target.id === "user") {
    at.user = e.target.value;
    go(at.place);
    return;
  }
  const field = e.target.closest("[data-field]");
  if (field && field.closest("[data-change]")) press(field, read(field));
});

document.addEventListener("input", (e) => {
  const field = e.target.closest("[data-field]") || e.target;
  if (field.id && field.id !== "user") field.dataset.dirty = "1";
  field.closest(".bk-input")?.querySelector(".bk-error")?.remove();
});

document.addEventListener("submit", (e) => {
  e.preventDefault();
  const form = e.target;
  const take = (input) => {
    const words = input.value;
    input.value = "";
    delete input.dataset.dirty;
    return words;
  };
  if (form.id === "compose") {
    const body = take($("body"));
    if (body !== "" && at.phone) act("text", { phone: at.phone, body });
  } else if (form.id === "say") {
    act("say", { user: at.user, place: at.place, words: take($("words")) });
  } else if (form.dataset.reply) {
    act("say", { user: at.user, place: at.place, thread: form.dataset.reply, words: take(form.querySelector("input")) });
  } else if (form.id === "modal-form") {
    act("submit", { user: at.user, values: entered(form) });
  }
});

$("modal").addEventListener("cancel", (e) => { e.preventDefault(); act("close", { user: at.user }); });

const news = new EventSource("/page/events");
news.onmessage = refresh;
news.onerror = () => setTimeout(refresh, 1000);
refresh();
