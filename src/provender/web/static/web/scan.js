// Scanning a barcode with the camera, or out of a photo. No picture leaves the page: it is read by the browser's own
// BarcodeDetector where that knows the codes on food, else by the vendored reader in a worker, fetched on first use.
"use strict";

(() => {
  const here = document.currentScript.dataset;
  const dialog = document.getElementById("scanner");
  const video = dialog.querySelector("video");
  const part = (name) => dialog.querySelector(`[data-scan-${name}]`);
  const say = (words) => { part("says").textContent = words; };
  const canFilm = isSecureContext && Boolean(navigator.mediaDevices && navigator.mediaDevices.getUserMedia);
  document.documentElement.dataset.camera = canFilm ? "yes" : isSecureContext ? "none" : "insecure";

  const START = "Starting the camera. Allow it if the browser asks.";
  const BEGIN = "Hold the bars in the frame, a hand’s width away.";
  const HINT = "Nothing yet. More light, less glare, a little further away; or use a photo, or type the digits.";
  const HINT_AFTER_MS = 12_000;
  const EMPTY_FRAMES = 40;  // then the browser's own detector is taken for blind
  const REFUSALS = {
    NotAllowedError: "The camera is not allowed here. Allow it beside the address of this page, then try again.",
    SecurityError: "The camera is not allowed here. Allow it beside the address of this page, then try again.",
    NotFoundError: "No camera was found.",
    OverconstrainedError: "No camera was found.",
    NotReadableError: "The camera is busy: another page or program is using it. Close that, then try again.",
    AbortError: "The camera is busy: another page or program is using it. Close that, then try again.",
  };

  // --- codes

  // Whether the last digit is the one that the others ask for.
  function whole(digits) {
    const sum = [...digits].reverse().reduce((total, digit, i) => total + Number(digit) * (i % 2 ? 3 : 1), 0);
    return [8, 12, 13].includes(digits.length) && sum % 10 === 0;
  }

  // The UPC-A behind a UPC-E of eight digits.
  function expanded(digits) {
    const [system, body, check] = [digits[0], digits.slice(1, 7), digits[7]];
    const last = body[5];
    if ("012".includes(last)) return `${system}${body.slice(0, 2)}${last}0000${body.slice(2, 5)}${check}`;
    if (last === "3") return `${system}${body.slice(0, 3)}00000${body.slice(3, 5)}${check}`;
    if (last === "4") return `${system}${body.slice(0, 4)}00000${body[4]}${check}`;
    return `${system}${body.slice(0, 5)}0000${last}${check}`;
  }

  // A reading as the digits under the bars; "" when it is a misreading. A UPC-E is spelt out, or it could pass for an EAN-8.
  function code({ text, format }) {
    let digits = text.replace(/\D/g, "");
    if (/upc.?e/i.test(format) && digits.length === 8) digits = expanded(digits);
    if (digits.length === 13 && digits[0] === "0") digits = digits.slice(1);
    return whole(digits) ? digits : "";
  }

  // Of several codes in the picture, the one nearest its middle is meant.
  function meant(codes) {
    const off = ({ x, y }) => Math.hypot(x - 0.5, y - 0.5);
    const best = codes.filter((one) => code(one)).sort((a, b) => off(a) - off(b))[0];
    return best ? code(best) : "";
  }

  // --- readers: a picture in, codes with their places (0 to 1) out

  async function browsersReader() {
    if (!("BarcodeDetector" in window)) return null;
    try {
      const offered = await BarcodeDetector.getSupportedFormats();
      if (!["ean_13", "ean_8", "upc_e"].every((format) => offered.includes(format))) return null;
      const formats = ["ean_13", "ean_8", "upc_a", "upc_e"].filter((format) => offered.includes(format));
      const detector = new BarcodeDetector({ formats });
      return async (picture) => {
        const [width, height] = size(picture);
        return (await detector.detect(picture)).map(({ rawValue, format, boundingBox: box }) => (
          { text: rawValue, format, x: (box.x + box.width / 2) / width, y: (box.y + box.height / 2) / height }));
      };
    } catch { return null; }  // some browsers have the name and nothing behind it
  }

  let worker = null;
  const waiting = new Map();
  function asked(pixels) {
    if (!worker) {
      worker = new Worker(here.worker);
      worker.onmessage = ({ data }) => {
        const { done, fail } = waiting.get(data.id) || {};
        waiting.delete(data.id);
        if (done) { if (data.error) fail(new Error(data.error)); else done(data.codes); }
      };
      worker.onerror = () => {
        for (const { fail } of waiting.values()) fail(new Error("the reader could not be loaded"));
        waiting.clear();
        worker.terminate();
        worker = null;
      };
    }
    const id = asked.last = (asked.last || 0) + 1;
    return new Promise((done, fail) => {
      waiting.set(id, { done, fail });
      const sent = { id, library: here.library, wasm: here.wasm, pixels };
      worker.postMessage(sent, pixels ? [pixels.data.buffer] : []);
    });
  }

  const canvas = document.createElement("canvas");
  const size = (picture) => [picture.videoWidth || picture.width, picture.videoHeight || picture.height];
  function vendoredReader(picture, longest = 1280) {
    const [width, height] = size(picture);
    const scale = Math.min(1, longest / Math.max(width, height));
    canvas.width = Math.max(1, Math.round(width * scale));
    canvas.height = Math.max(1, Math.round(height * scale));
    const context = canvas.getContext("2d", { willReadFrequently: true });
    context.drawImage(picture, 0, 0, canvas.width, canvas.height);
    return asked(context.getImageData(0, 0, canvas.width, canvas.height));
  }

  // --- the camera

  let target = null;   // the button's data: where a code goes
  let filming = null;  // the stream now shown, with its track; null when the camera is off
  let photos = 0;      // photos being read: the camera that starts again after one keeps its words to itself
  let turn = 0;        // every start and stop is a new turn; what belongs to an older one gives up

  function stop() {
    turn += 1;
    if (filming) filming.getTracks().forEach((track) => track.stop());
    filming = null;
    video.srcObject = null;
    part("view").classList.remove("live", "mirrored", "off");
    for (const name of ["light", "other"]) part(name).hidden = true;
    part("light").setAttribute("aria-pressed", "false");
  }

  function refuse(words) {
    say(`${words} You can still use a photo, or type the digits.`);
    part("view").classList.add("off");
    part("again").hidden = false;
  }

  async function film(deviceId) {
    stop();
    const mine = turn;
    part("again").hidden = true;
    if (!photos) say(START);
    browsersReader().then((own) => own || asked(null)).catch(() => {});  // fetched while the camera wakes
    const which = deviceId ? { deviceId: { exact: deviceId } } : { facingMode: { ideal: "environment" } };
    try {
      const wanted = { audio: false, video: { ...which, width: { ideal: 1280 }, height: { ideal: 720 } } };
      const stream = await navigator.mediaDevices.getUserMedia(wanted);
      if (mine !== turn) { stream.getTracks().forEach((track) => track.stop()); return; }
      filming = stream;
      video.srcObject = stream;
      await video.play();
    } catch (error) {
      if (mine !== turn) return;
      stop();
      refuse(REFUSALS[error.name] || "The camera could not be started.");
      return;
    }
    if (mine !== turn) return;
    await dress(filming.getVideoTracks()[0]);
    if (mine !== turn) return;
    if (part("says").textContent === START) say(BEGIN);
    watch(mine).catch((error) => {
      if (mine !== turn) return;
      console.warn("scan:", error);
      stop();
      refuse("The reader could not be loaded; is the server still there?");
    });
  }

  // What this camera offers: light, sharpness near by, and whether there is another one.
  async function dress(track) {
    const able = track.getCapabilities ? track.getCapabilities() : {};
    part("view").classList.add("live");
    part("view").classList.toggle("mirrored", track.getSettings().facingMode === "user");
    part("light").hidden = !able.torch;
    if ((able.focusMode || []).includes("continuous")) track.applyConstraints({ advanced: [{ focusMode: "continuous" }] }).catch(() => {});
    track.addEventListener("ended", () => {
      if (filming && filming.getVideoTracks()[0] === track) { stop(); refuse("The camera was switched off."); }
    });
    const cameras = (await navigator.mediaDevices.enumerateDevices()).filter((device) => device.kind === "videoinput");
    part("other").hidden = cameras.length < 2;
    part("other").onclick = () => {
      const at = cameras.findIndex((camera) => camera.deviceId === track.getSettings().deviceId);
      film(cameras[(at + 1) % cameras.length].deviceId);
    };
    part("light").onclick = async () => {
      const on = part("light").getAttribute("aria-pressed") !== "true";
      try {
        await track.applyConstraints({ advanced: [{ torch: on }] });
        part("light").setAttribute("aria-pressed", String(on));
      } catch { part("light").hidden = true; }
    };
  }

  // Looks at frame after frame until one code, its check digit right, is read twice in a row.
  async function watch(mine) {
    let own = await browsersReader();
    let before = "";
    let empty = 0;
    const begun = performance.now();
    while (mine === turn) {
      let codes = [];
      if (own) {
        try { codes = await own(video); } catch { own = null; }
        if (empty > EMPTY_FRAMES) own = null;
      } else codes = await vendoredReader(video);
      if (mine !== turn) return;
      const now = meant(codes);
      if (now && now === before) { arrive(now); return; }
      before = now;
      empty = now ? 0 : empty + 1;
      if (!now && performance.now() - begun > HINT_AFTER_MS && part("says").textContent === BEGIN) say(HINT);
      await new Promise((done) => setTimeout(done, 60));
    }
  }

  // --- a photo

  async function inPhoto(file) {
    const picture = await createImageBitmap(file);
    try {
      const own = await browsersReader();
      const found = own ? meant(await own(picture).catch(() => [])) : "";
      if (found) return found;
      for (const longest of [1600, 2800, 800]) {
        const read = meant(await vendoredReader(picture, longest));
        if (read) return read;
      }
      return "";
    } finally { picture.close(); }
  }

  async function photo(input) {
    const [file] = input.files;
    const outside = input.closest("[data-scan-instead]");
    const tell = outside ? (words) => { outside.querySelector(".error").textContent = words; } : say;
    if (!file) return;
    photos += 1;
    if (outside) target = outside.dataset; else say("Reading the photo …");
    try {
      const found = await inPhoto(file);
      if (!outside && !dialog.open) return;
      if (found) arrive(found);
      else tell("No barcode could be read in the photo. Let the bars fill it, sharp and without glare; or type the digits.");
    } catch (error) {
      console.warn("scan:", error);
      tell("That photo could not be read here. Try another one, or type the digits.");
    } finally {
      photos -= 1;
      input.value = "";
    }
  }

  // --- what follows

  function arrive(digits) {
    stop();
    if (navigator.vibrate && !matchMedia("(prefers-reduced-motion: reduce)").matches) navigator.vibrate(60);
    if (!target.scanInto) {
      part("view").classList.add("done");
      say(`Read ${digits}. Looking it up …`);
      location.assign(`${target.scanTo}&q=${encodeURIComponent(digits)}`);
      return;
    }
    const field = document.querySelector(target.scanInto);
    field.value = digits;
    field.dispatchEvent(new Event("input", { bubbles: true }));
    dialog.close();
    field.focus();
  }

  const looksLikeCode = (typed) => /^[\d\s-]+$/.test(typed) && [8, 12, 13, 14].includes(typed.replace(/\D/g, "").length);

  document.addEventListener("click", (event) => {
    const opener = event.target.closest("[data-scan]");
    if (opener) {
      target = opener.dataset;
      part("view").classList.remove("done");
      dialog.showModal();
      film();
    }
    if (event.target === dialog || event.target.closest("[data-scan-close]")) dialog.close();
    if (event.target.closest("[data-scan-again]")) film();
  });
  document.addEventListener("change", (event) => { if (event.target.matches("[data-scan-photo]")) photo(event.target); });
  document.addEventListener("submit", (event) => {
    if (event.target.matches("[data-scan-typed]")) {
      event.preventDefault();
      const typed = event.target.elements.code.value.trim();
      if (looksLikeCode(typed)) arrive(typed);
      else say("A barcode has 8, 12 or 13 digits; they stand under the bars.");
    }
    // A code typed into the log box goes the way of a scanned one.
    if (event.target.id === "quick" && looksLikeCode(event.target.elements.words.value.trim())) {
      event.preventDefault();
      event.stopImmediatePropagation();
      const field = event.target.elements.words;
      target = event.target.querySelector("[data-scan]").dataset;
      const typed = field.value.trim();
      sessionStorage.removeItem(`typed:${location.pathname}:${field.dataset.keep}`);
      arrive(typed);
    }
  }, true);
  dialog.addEventListener("close", () => { stop(); part("typed").reset(); });
  addEventListener("pagehide", () => { stop(); if (dialog.open) dialog.close(); });
  document.addEventListener("visibilitychange", () => {
    if (!dialog.open) return;
    if (document.hidden) stop(); else if (canFilm) film();
  });
})();
