// What the pages do beyond htmx: charts, keys, lists to choose from, and keeping what was typed.
"use strict";

const here = document.currentScript;
const vendor = here ? here.dataset.vendor.split(" ") : [];

// The browser's time zone decides which day it is for somebody new.
document.cookie = `zone=${Intl.DateTimeFormat().resolvedOptions().timeZone || "UTC"}; path=/; max-age=31536000; SameSite=Lax`;

// Answers that are errors go beside the form they belong to; what was typed stays where it is.
document.addEventListener("htmx:beforeSwap", (event) => {
  const status = event.detail.xhr.status;
  if (event.detail.xhr.getResponseHeader("HX-Retarget")) return;
  if (status < 400) { forget(event.detail.requestConfig); return; }
  const form = event.detail.requestConfig.elt.closest("form, li");
  const slot = form && form.querySelector(".error");
  event.detail.shouldSwap = Boolean(slot);
  if (slot) { slot.textContent = sentence(event.detail.xhr.responseText) || "That did not work; nothing was changed."; event.detail.shouldSwap = false; }
  else toast("That did not work; nothing was changed. Try again.");
});
for (const name of ["htmx:sendError", "htmx:timeout"]) {
  document.addEventListener(name, (event) => {
    const form = event.detail.elt.closest("form");
    const slot = form && form.querySelector(".error");
    const words = "The server did not answer. What you typed is kept; try again when it is back.";
    if (slot) slot.textContent = words; else toast(words);
  });
}
document.addEventListener("htmx:beforeRequest", (event) => {
  const form = event.detail.elt.closest("form");
  if (form) for (const slot of form.querySelectorAll(".error")) slot.textContent = "";
});

// Logging a line ends the looking-up that its last letters began.
document.addEventListener("submit", (event) => {
  if (event.target.id !== "quick") return;
  const field = document.getElementById("words");
  htmx.trigger(field, "htmx:abort");
  document.getElementById("found").replaceChildren();
  field.dataset.sent = field.value;
}, true);
document.addEventListener("htmx:beforeRequest", (event) => {
  const field = event.detail.elt;
  if (field.id === "words" && field.dataset.sent === field.value) event.preventDefault();
});

// An error's own sentence, out of a line or out of a whole page.
function sentence(answer) {
  const page = new DOMParser().parseFromString(answer, "text/html");
  return (page.querySelector("main p, h1 + p") || page.body).textContent.trim().slice(0, 600);
}

function toast(words) {
  document.querySelectorAll(".toast").forEach((old) => old.remove());
  const box = document.createElement("div");
  box.className = "toast";
  box.setAttribute("role", "status");
  box.textContent = words;
  document.body.append(box);
  setTimeout(() => box.remove(), 8000);
}

// What was typed survives a reload until it has been kept.
function keepTyped(root) {
  for (const field of root.querySelectorAll("[data-keep]")) {
    const key = `typed:${location.pathname}:${field.dataset.keep}`;
    const kept = sessionStorage.getItem(key);
    if (kept && !field.value) field.value = kept;
    field.addEventListener("input", () => {
      if (field.value) sessionStorage.setItem(key, field.value.slice(0, 10000)); else sessionStorage.removeItem(key);
    });
  }
}
function forget(request) {
  if (request.verb !== "post") return;
  const form = request.elt.closest("form");
  const name = form && form.dataset.clears;
  if (name) sessionStorage.removeItem(`typed:${location.pathname}:${name}`);
}

// A list to choose from under a field: arrows move, Enter takes, Escape closes.
document.addEventListener("keydown", (event) => {
  const box = event.target.closest && event.target.closest("[data-combobox]");
  if (!box) return;
  const input = box.querySelector("input");
  const list = document.getElementById(input.getAttribute("aria-controls") || "found");
  const items = list ? [...list.querySelectorAll(".suggestion")] : [];
  const at = items.findIndex((item) => item.classList.contains("on"));
  if (event.key === "Escape" && list) { list.replaceChildren(); input.setAttribute("aria-expanded", "false"); return; }
  if (event.key === "Enter" && at >= 0) { event.preventDefault(); items[at].querySelector("a").click(); return; }
  if ((event.key !== "ArrowDown" && event.key !== "ArrowUp") || !items.length) return;
  event.preventDefault();
  const next = (at + (event.key === "ArrowDown" ? 1 : -1) + items.length) % items.length;
  items.forEach((item, i) => { item.classList.toggle("on", i === next); item.setAttribute("aria-selected", i === next); });
  input.setAttribute("aria-activedescendant", items[next].id);
});
document.addEventListener("htmx:afterSwap", (event) => {
  const target = event.detail.target;
  if (target.id === "found") {
    const input = document.querySelector("[aria-controls=found]");
    if (input) input.setAttribute("aria-expanded", String(target.childElementCount > 0));
    target.querySelectorAll(".suggestion").forEach((item, i) => { item.id = `found-${i}`; });
  }
  if (target.id === "proposals") {
    const list = document.getElementById("found");
    if (list) list.replaceChildren();
    if (target.childElementCount) target.scrollIntoView({ block: "start" });
  }
  ready(target);
  const first = target.querySelector("[autofocus]");
  if (first) { first.focus(); if (first.select) first.select(); }
});

// Picking an ingredient from the list puts it into the recipe.
document.addEventListener("click", (event) => {
  const link = event.target.closest("[data-picks] .suggestion a");
  if (link) {
    event.preventDefault();
    const list = link.closest("[data-picks]");
    const into = document.querySelector(list.dataset.into);
    const id = decodeURIComponent(new URL(link.href).pathname.split("/").pop());
    const next = Number(into.dataset.next || into.children.length);
    into.dataset.next = next + 1;
    htmx.ajax("GET", `${list.dataset.picks}?food_id=${encodeURIComponent(id)}&next=${next}`, { target: into, swap: "beforeend" });
    list.replaceChildren();
    const search = document.querySelector("[data-ingredient-search]");
    if (search) search.value = "";
  }
  const remover = event.target.closest("[data-removes]");
  if (remover) remover.closest(remover.dataset.removes).remove();
});

// Switching units converts what was typed; switching back brings back what was typed, to the digit.
document.addEventListener("change", (event) => {
  if (event.target.name !== "system" || !event.target.form || event.target.form.id !== "plan") return;
  const fields = event.target.form.elements;
  const number = (field) => parseFloat(field.value.replace(",", "."));
  const put = (field, value) => { field.value = field.dataset.made = Number.isFinite(value) ? String(Math.round(value * 10) / 10) : ""; };
  const typed = (field) => field.value !== (field.dataset.made || "");
  if (event.target.value === "metric") {
    if (typed(fields.feet) || typed(fields.inches)) put(fields.centimetres, (number(fields.feet) * 12 + (number(fields.inches) || 0)) * 2.54);
    if (typed(fields.pounds)) put(fields.kilograms, number(fields.pounds) * 0.45359237);
  } else {
    if (typed(fields.centimetres)) {
      const inches = Math.round(number(fields.centimetres) / 0.254) / 10;
      put(fields.feet, Math.floor(inches / 12));
      put(fields.inches, inches - 12 * Math.floor(inches / 12));
    }
    if (typed(fields.kilograms)) put(fields.pounds, number(fields.kilograms) / 0.45359237);
  }
});

document.addEventListener("keydown", (event) => {
  const typing = event.target.closest && event.target.closest("input, textarea, select");
  if ((event.ctrlKey || event.metaKey) && event.key === "z" && !typing) {
    const button = document.querySelector("[data-undo]") || document.querySelector("#day form[action^='/undo/'] button");
    if (button) { event.preventDefault(); button.click(); }
  }
  if (typing || event.ctrlKey || event.metaKey || event.altKey) return;
  if (event.key === "/") { const field = document.querySelector("#words, input[type=search]"); if (field) { event.preventDefault(); field.focus(); } }
  if (event.key === "?") document.getElementById("keys").showModal();
  if (event.key === "[" || event.key === "]") { const link = document.querySelector(`a[rel=${event.key === "[" ? "prev" : "next"}]`); if (link) link.click(); }
});

// Charts: the libraries are loaded only on a page that has one.
let loading = null;
function libraries() {
  loading = loading || vendor.reduce((before, source) => before.then(() => new Promise((done, fail) => {
    const script = document.createElement("script");
    script.src = source; script.onload = done; script.onerror = fail;
    document.head.append(script);
  })), Promise.resolve());
  return loading;
}
function colours() {
  const style = getComputedStyle(document.documentElement);
  const of = (name) => style.getPropertyValue(name).trim();
  const font = of("--sans");
  return {
    background: "transparent", font,
    view: { stroke: null },
    axis: { labelColor: of("--soft"), titleColor: of("--soft"), gridColor: of("--line"), domainColor: of("--line"), tickColor: of("--line"), labelFontSize: 12, titleFontSize: 12, titleFontWeight: 400 },
    legend: { labelColor: of("--soft"), titleColor: of("--soft"), labelFontSize: 13, orient: "top", title: null },
    range: { category: [of("--leaf"), of("--grain"), of("--sky"), of("--brick")] },
    mark: { color: of("--leaf") }, line: { color: of("--leaf") }, point: { color: of("--leaf") }, bar: { color: of("--leaf") }, rule: { color: of("--soft") },
  };
}
async function draw(figure) {
  const source = document.getElementById(figure.dataset.specId);
  if (!source) return;
  try {
    await libraries();
    const spec = JSON.parse(source.textContent);
    await vegaEmbed(figure, spec, { actions: false, renderer: "svg", ast: true, expr: vega.expressionInterpreter, config: colours(), defaultStyle: false, tooltip: { theme: matchMedia("(prefers-color-scheme: dark)").matches ? "dark" : "light", disableDefaultStyle: false } });
  } catch (error) {
    figure.textContent = "The picture could not be drawn; the table below holds its numbers.";
    console.error(error);
  }
}
function ready(root) {
  keepTyped(root);
  root.querySelectorAll("figure.chart").forEach(draw);
  root.querySelectorAll("[data-toast]").forEach((box) => setTimeout(() => box.remove(), 10000));
}
matchMedia("(prefers-color-scheme: dark)").addEventListener("change", () => document.querySelectorAll("figure.chart").forEach(draw));
if (document.readyState === "loading") document.addEventListener("DOMContentLoaded", () => ready(document)); else ready(document);
