"use strict";
// Counts segments while typing, as carriers do: 160 or 153 a part in GSM-7, 70
// or 67 UTF-16 units otherwise. The page works without it.
(() => {
  const basic = "@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà";
  const twice = "^{}\\[~]|€\f";
  const body = document.getElementById("body"), count = document.getElementById("count");
  const segments = text => {
    let cost = 0, gsm = true;
    for (const c of text) {
      if (twice.includes(c)) cost += 2;
      else if (basic.includes(c)) cost += 1;
      else gsm = false;
    }
    if (!gsm) cost = text.length;
    const [one, part] = gsm ? [160, 153] : [70, 67];
    return cost === 0 ? 0 : cost <= one ? 1 : Math.ceil(cost / part);
  };
  const tell = () => {
    const n = segments(body.value);
    count.textContent = `${[...body.value].length} characters, ${n} segment${n === 1 ? "" : "s"}`;
  };
  if (body) {
    body.addEventListener("input", tell);
    for (const b of document.querySelectorAll("[data-canned]"))
      b.addEventListener("click", () => { body.value = b.dataset.canned; body.focus(); tell(); });
    tell();
  }
  const undo = document.getElementById("undo");
  if (undo) {
    let left = Number(undo.dataset.seconds);
    const timer = setInterval(() => {
      document.getElementById("left").textContent = --left;
      if (left <= 0) { clearInterval(timer); location.reload(); }
    }, 1000);
  }
})();
