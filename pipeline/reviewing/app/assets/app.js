// Keys, selected text and places in the text. Everything works without this script.
"use strict";

const all = (query, within = document) => [...within.querySelectorAll(query)];
const points = (text) => [...text].length; // offsets are in code points, not in JavaScript's units

const questions = all(".question");
let current = Math.max(0, questions.findIndex((one) => one.classList.contains("current")));

function look(number, focus = true) {
  if (!questions.length) return;
  current = Math.min(Math.max(number, 0), questions.length - 1);
  questions.forEach((one, at) => one.classList.toggle("current", at === current));
  const one = questions[current];
  one.scrollIntoView({ block: "nearest" });
  if (focus) one.focus({ preventScroll: true });
  show(`[data-question="${one.dataset.question}"]`);
}

function show(query) {
  all(".is-shown").forEach((one) => one.classList.remove("is-shown"));
  const found = all(query).filter((one) => one.matches(".mark, .box"));
  found.forEach((one) => one.classList.add("is-shown"));
  const first = found.find((one) => one.matches(".mark")) || found[0];
  const reading = document.querySelector(".reading");
  if (first && reading && getComputedStyle(reading).position === "sticky") {
    const top = first.getBoundingClientRect().top - reading.getBoundingClientRect().top;
    if (top < 0 || top > reading.clientHeight - 40) reading.scrollTop += top - reading.clientHeight / 3;
  }
}

// A page that cannot be drawn says so.
all(".sheet img").forEach((image) => {
  image.addEventListener("error", () => {
    image.closest(".sheet").hidden = true;
    image.closest(".picture").querySelector(".undrawn").hidden = false;
  });
  if (image.complete && !image.naturalWidth) image.src = image.src; // failed before this script was there
});

document.addEventListener("selectionchange", () => {
  const selection = document.getSelection();
  if (!selection.rangeCount || selection.isCollapsed) return;
  const range = selection.getRangeAt(0);
  const root = (node) => (node.nodeType === Node.TEXT_NODE ? node.parentElement : node).closest(".record.new .text");
  const text = root(range.startContainer);
  if (!text || text !== root(range.endContainer)) return;
  const before = document.createRange();
  before.selectNodeContents(text);
  before.setEnd(range.startContainer, range.startOffset);
  const start = points(before.toString());
  const words = range.toString();
  const found = { in: text.dataset.record, field: text.dataset.field, start, end: start + points(words), words };
  all("form[data-selecting]").forEach((form) => {
    for (const [name, value] of Object.entries(found)) form.elements[name].value = value;
  });
});

// Words that are typed are looked for by the server: what was selected before them counts no more.
document.addEventListener("input", (event) => {
  const form = event.target.form;
  if (event.target.name !== "words" || !form) return;
  for (const name of ["in", "field", "start", "end"]) form.elements[name].value = "";
});

document.addEventListener("submit", (event) => {
  const form = event.target;
  if (form.dataset.ask && !window.confirm(form.dataset.ask)) event.preventDefault();
});

document.addEventListener("click", (event) => {
  const link = event.target.closest("[data-show]");
  if (link) {
    event.preventDefault();
    const [side, record, field, start] = link.dataset.show.split(" ");
    const text = all(".text").find((one) => one.dataset.record === record && one.dataset.field === field && one.dataset.side === side);
    if (!text) return;
    const around = text.closest("details");
    if (around) around.open = true;
    all(".is-shown").forEach((one) => one.classList.remove("is-shown"));
    const piece = all("[data-start]", text).find((one) => one.dataset.start === start);
    if (piece) { piece.classList.add("is-shown"); piece.scrollIntoView({ block: "center" }); }
    return;
  }
  const place = event.target.closest(".mark, .box");
  if (place && document.getSelection().isCollapsed) {
    const number = questions.findIndex((one) => one.dataset.question === place.dataset.question);
    if (place.dataset.question && number >= 0) look(number);
    else if (place.dataset.fact) {
      const fact = document.getElementById(`f-${place.dataset.fact}`);
      if (fact) { fact.open = true; fact.scrollIntoView({ block: "nearest" }); }
    }
  }
  const question = event.target.closest(".question");
  if (question && !question.classList.contains("current")) look(questions.indexOf(question), false);
});

function press(key) {
  const within = [questions[current], document].filter(Boolean);
  for (const place of within) {
    const found = place.querySelector(`[data-key="${key}"]`);
    if (!found || (place === document && "arscm".includes(key))) continue;
    if (found.matches("details")) {
      found.open = true;
      const field = found.querySelector("input:not([type=hidden]), select, button");
      if (field) field.focus();
    } else found.click();
    return true;
  }
  return false;
}

document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey) return;
  const typing = event.target.closest("input, select, textarea");
  if (event.key === "Escape" && typing) { typing.blur(); if (questions[current]) questions[current].focus(); return; }
  if (typing) return;
  const go = { g: "/", "?": "/help" }[event.key];
  let done = true;
  if (go) window.location.assign(go);
  else if (event.key === "j" || event.key === "ArrowDown") { if (questions.length) look(current + 1); else done = false; }
  else if (event.key === "k" || event.key === "ArrowUp") { if (questions.length) look(current - 1); else done = false; }
  else if (event.key === "/") { const search = document.querySelector("[data-search]"); if (search) search.focus(); else window.location.assign("/"); }
  else done = event.key.length === 1 && /[a-z]/.test(event.key) && press(event.key);
  if (done) event.preventDefault();
});

if (questions.length) look(current, window.location.search.includes("question="));
