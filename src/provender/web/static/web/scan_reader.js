// A worker that reads barcodes out of pixels with the vendored ZXing-C++, away from the page it would hold up.
"use strict";

const OPTIONS = {
  formats: ["EAN13", "EAN8", "UPCA", "UPCE"], textMode: "Plain", eanAddOnSymbol: "Ignore",
  tryHarder: true, tryRotate: true, tryInvert: false, maxNumberOfSymbols: 8, minLineCount: 3,
};
// Half of a slanted EAN-13 can pass for a short code, check digit and all, on a few lines; a true one is read on many.
const LINES_OF_A_SHORT_CODE = 10;
const SHORT = ["EAN8", "UPCE"];
let ready = null;

function prepared({ library, wasm }) {
  importScripts(library);
  return ZXingWASM.prepareZXingModule({ overrides: { locateFile: () => wasm }, fireImmediately: true });
}

onmessage = async ({ data }) => {
  try {
    ready = ready || prepared(data);
    await ready;
    if (!data.pixels) { postMessage({ id: data.id, codes: [] }); return; }
    const found = await ZXingWASM.readBarcodes(data.pixels, OPTIONS);
    const sure = found.filter(({ format, lineCount }) => !SHORT.includes(format) || lineCount >= LINES_OF_A_SHORT_CODE);
    const codes = sure.map(({ text, format, position: { topLeft: a, bottomRight: b } }) => (
      { text, format, x: (a.x + b.x) / 2 / data.pixels.width, y: (a.y + b.y) / 2 / data.pixels.height }));
    postMessage({ id: data.id, codes });
  } catch (error) {
    ready = null;
    postMessage({ id: data.id, error: String(error) });
  }
};
