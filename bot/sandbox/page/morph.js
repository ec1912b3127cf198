"use strict";

// morph makes an element's children those of some HTML and keeps every node it
// can: what is focused, typed, scrolled or open stays so.
function morph(el, html) {
  const next = document.createElement("template");
  next.innerHTML = html;
  morphChildren(el, next.content);
}

// sameThing names what an element stands for, so that it is found again when
// others have come before it.
function sameThing(n) {
  if (n.nodeType !== Node.ELEMENT_NODE) return n.nodeName;
  const d = n.dataset;
  const own = n.classList.contains("bk-input") ? d.block : d.keep || d.sid || d.scroll || d.phone || d.place || d.reply ||
    (n.tagName === "ARTICLE" ? d.ts : "") || (n.tagName === "FORM" ? d.view : "") || d.testid || "";
  return n.nodeName + " " + own;
}

function morphChildren(from, to) {
  let at = from.firstChild;
  for (const want of [...to.childNodes]) {
    let have = at;
    while (have && sameThing(have) !== sameThing(want)) have = have.nextSibling;
    if (!have) {
      from.insertBefore(want, at);
      continue;
    }
    while (at !== have) {
      const gone = at;
      at = at.nextSibling;
      gone.remove();
    }
    at = have.nextSibling;
    morphNode(have, want);
  }
  while (at) {
    const gone = at;
    at = at.nextSibling;
    gone.remove();
  }
}

// What belongs to the reader and not to the server.
const readers = new Set(["open", "data-dirty", "aria-busy"]);

function morphNode(have, want) {
  if (have.nodeType !== Node.ELEMENT_NODE) {
    if (have.nodeValue !== want.nodeValue) have.nodeValue = want.nodeValue;
    return;
  }
  for (const a of [...have.attributes]) {
    if (!want.hasAttribute(a.name) && !readers.has(a.name) && a.name !== "class") have.removeAttribute(a.name);
  }
  for (const a of want.attributes) {
    if (!readers.has(a.name) && have.getAttribute(a.name) !== a.value) have.setAttribute(a.name, a.value);
  }
  if (!want.hasAttribute("class") && have.hasAttribute("class")) have.removeAttribute("class");
  morphChildren(have, want);
  morphValue(have);
}

// morphValue takes over the server's value where the reader has entered none.
function morphValue(el) {
  if (el.closest("[data-dirty]")) return;
  if (el.tagName === "INPUT" && (el.type === "checkbox" || el.type === "radio")) el.checked = el.defaultChecked;
  else if (el.tagName === "INPUT" || el.tagName === "TEXTAREA") el.value = el.defaultValue;
  else if (el.tagName === "SELECT") for (const o of el.options) o.selected = o.defaultSelected;
}
