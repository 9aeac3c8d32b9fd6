// Judges pages by axe-core in a browser that is installed, and measures what axe does not: whether a page must be scrolled
// sideways, the contrast of every text, what the keyboard reaches. Takes a JSON list of {file, width, scheme, forced,
// contrast, media, steps} on standard input; writes a list of {violations, incomplete, ratios, scroll, shown, fonts,
// asked, focus} in the same order. With a folder as second argument it leaves a picture of each page there.
// usage: node judge.mjs BROWSER [FOLDER]
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { pathToFileURL } from "node:url";
import { chromium } from "playwright-core";

const axe = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
const tags = ["wcag2a", "wcag2aa", "wcag2aaa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"];
const wishes = JSON.parse(readFileSync(0, "utf8"));
const browser = await chromium.launch({
  executablePath: process.argv[2],
  args: ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update", "--disable-sync"],
});

const page = await browser.newPage({ bypassCSP: true });
const usual = { width: 1280, scheme: "light", forced: "none", contrast: "no-preference", media: "screen", steps: 0 };
let opened;
let asked;
page.on("request", (request) => { if (!/^(file|data):/.test(request.url())) asked.push(request.url()); });

// Shows a file in a view. One that is open takes the view on, since opening takes longer; what it asks for then counts for
// all its views. Where the keyboard has been, no other view follows.
async function show({ file, width, scheme, forced, contrast, media, steps }) {
  await page.emulateMedia({ media, colorScheme: scheme, forcedColors: forced, contrast });
  await page.setViewportSize({ width, height: 900 });
  if (file !== opened || steps) {
    asked = [];
    await page.goto(pathToFileURL(file).href);
    await page.evaluate(axe);
  }
  opened = steps ? undefined : file;
  // Fonts are fetched when a page is first set, which a busy machine puts off: setting is asked for until they are there.
  await page.waitForFunction(() => {
    document.body.getBoundingClientRect();
    return !document.fonts.size || [...document.fonts].some((font) => font.status === "loaded");
  }, null, { polling: 50, timeout: 20000 }).catch(() => {});
  await page.evaluate(() => document.fonts.ready);
}

async function judge(view) {
  await show(view);
  const found = await page.evaluate((values) => axe.run(document, {
    resultTypes: ["violations", "incomplete"],
    runOnly: { type: "tag", values },
    rules: { "color-contrast-enhanced": { enabled: true }, "target-size": { enabled: true } },
  }), tags);
  const told = (results) => results.map((result) => `${result.id}: ${result.nodes.map((node) => node.target.join(" ")).join(", ")}`);
  const facts = await page.evaluate(() => ({
    shown: [".skip", ".contents", ".running-foot", ".running-page", ".qr", "h1"].filter(
      (selector) => document.querySelector(selector)?.getClientRects().length),
    scroll: document.documentElement.scrollWidth - document.documentElement.clientWidth,
    fonts: [...document.fonts].filter((font) => font.status === "loaded").map((font) => `${font.family} ${font.weight}`),
  }));
  const ratios = await page.evaluate(contrasts);
  const focus = [];
  for (let step = 0; step < view.steps; step += 1) {
    await page.keyboard.press("Tab");
    focus.push(await page.evaluate(() => {
      const style = getComputedStyle(document.activeElement);
      const box = document.activeElement.getBoundingClientRect();
      const seen = box.width > 1 && box.height > 1 && box.left >= 0 && box.top >= 0 && box.bottom <= innerHeight;
      return { href: document.activeElement.getAttribute("href"), outline: parseFloat(style.outlineWidth), seen };
    }));
  }
  if (process.argv[3]) {
    await page.screenshot({ path: `${process.argv[3]}/${view.width}-${view.scheme}-${view.forced}.png`, fullPage: true });
  }
  return { violations: told(found.violations), incomplete: told(found.incomplete), asked, focus, ratios, ...facts };
}

// The contrast (WCAG 2.2) of each text with what lies behind it; axe gives up where a mark is drawn before the text.
function contrasts() {
  const parse = (colour) => (colour.match(/[\d.]+/g) ?? []).map(Number);
  const light = (channel) => (channel / 255 <= 0.04045 ? channel / 255 / 12.92 : ((channel / 255 + 0.055) / 1.055) ** 2.4);
  const luminance = ([red, green, blue]) => 0.2126 * light(red) + 0.7152 * light(green) + 0.0722 * light(blue);
  const behind = (element) => {
    for (let at = element; at; at = at.parentElement) {
      const colour = parse(getComputedStyle(at).backgroundColor);
      if (colour.length === 3 || colour[3] === 1) return colour;
    }
    return [255, 255, 255];
  };
  const lowest = {};
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  for (let node = walker.nextNode(); node; node = walker.nextNode()) {
    const element = node.parentElement;
    if (!node.data.trim() || !element.getClientRects().length) continue;
    const style = getComputedStyle(element);
    const [one, other] = [parse(style.color), behind(element)].map(luminance);
    const ratio = (Math.max(one, other) + 0.05) / (Math.min(one, other) + 0.05);
    const key = `${style.color} on ${behind(element)}`;
    lowest[key] = ratio;
  }
  return lowest;
}

const results = [];
for (const wish of wishes) results.push(await judge({ ...usual, ...wish }));
await browser.close();
process.stdout.write(JSON.stringify(results));
