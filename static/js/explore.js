// A chart to explore: loads plotly.js when, and only when, a reader presses the button of a figure.
//
//   <figure data-plotly-src="…/plotly.min.js" data-plotly-css="…/plotly.css" data-figure-src="/…/figure.json">
//     … the simple chart …
//     <button type="button" data-explore hidden>Explore this chart</button>
//   </figure>
//
// The figure is read from data-figure-src, or from a <script type="application/json" data-figure> inside the figure.
// The words come from data-back, data-loading, data-ready, data-failed and data-name on the button; English where absent.
// All data-* attributes may stand on the figure or on the button.

const WORDS = {
  back: "Back to the simple chart",
  loading: "Loading the chart.",
  ready: "The chart can be explored. The same numbers are in the table on this page.",
  failed: "The chart could not be loaded. The simple chart and the table show the same numbers.",
};
const TOKENS = ["paper", "wash", "ink", "ink2", "edge", "hair", "rep", "ground", "miss", "misst", "void"];
// The light palette, in which figures are written; dashboard/charts/theme.py holds the same.
const LIGHT = ["#ffffff", "#eef2f7", "#141b26", "#485364", "#727e90", "#d5dce6", "#1d439b", "#bccbe9", "#d1511a", "#ab3a0b", "#737d8b"];
const STYLE_ID = "plotly.js-style-global";
// The whole plotly.js adds a style element for its maps, which the security policy would refuse and the console report,
// unless an element with this name is there. No chart here is a map.
const MAP_STYLE_ID = "9f215cf04c5486422605d13261cb87401f4e7763b6296af81e98efbc0130da53";

let library; // one promise for the whole page

for (const button of document.querySelectorAll("[data-explore]")) {
  button.hidden = false;
  button.addEventListener("click", () => explore(button));
}

async function explore(button) {
  const figure = button.closest("figure") ?? button.parentElement;
  const setting = (name) => button.dataset[name] ?? figure.dataset[name];
  const say = speaker(figure, button);
  const words = Object.fromEntries(Object.keys(WORDS).map((key) => [key, setting(key) ?? WORDS[key]]));
  button.disabled = true;
  say(words.loading);
  let stage;
  try {
    const [plotly, drawing] = await Promise.all([
      (library ??= load(setting("plotlySrc"), setting("plotlyCss"))),
      read(figure, setting("figureSrc")),
    ]);
    stage = document.createElement("div");
    stage.className = "explored";
    stage.setAttribute("role", "group");
    stage.setAttribute("aria-label", setting("name") ?? drawing.layout?.meta?.title ?? "");
    stage.tabIndex = 0;
    const simple = [...figure.querySelectorAll("svg.c")].map((svg) => svg.closest(".c-in") ?? svg);
    (simple[0] ?? button).before(stage);
    simple.forEach((part) => part.toggleAttribute("hidden", true));
    const draw = () => {
      const painted = paint(drawing);
      return plotly.react(stage, painted.data, painted.layout, painted.config);
    };
    await draw();
    const themes = ["(prefers-color-scheme: dark)", "(forced-colors: active)"].map((query) => matchMedia(query));
    themes.forEach((theme) => theme.addEventListener("change", draw));
    const back = document.createElement("button");
    back.type = "button";
    back.textContent = words.back;
    back.addEventListener("click", () => {
      themes.forEach((theme) => theme.removeEventListener("change", draw));
      plotly.purge(stage);
      stage.remove();
      back.remove();
      simple.forEach((part) => part.toggleAttribute("hidden", false));
      button.hidden = false;
      button.disabled = false;
      say("");
      button.focus();
    });
    button.before(back);
    button.hidden = true;
    say(words.ready);
    stage.focus();
  } catch (error) {
    stage?.remove();
    figure.querySelectorAll(".c-in[hidden], svg.c[hidden]").forEach((part) => part.toggleAttribute("hidden", false));
    button.disabled = false;
    say(words.failed);
    console.warn(error);
  }
}

// A line of words beside the button, read out when it changes.
function speaker(figure, button) {
  let line = figure.querySelector(".explore-status");
  if (!line) {
    line = document.createElement("p");
    line.className = "explore-status";
    line.setAttribute("role", "status");
    button.after(line);
  }
  return (text) => (line.textContent = text);
}

async function read(figure, source) {
  if (!source) return JSON.parse(figure.querySelector("script[data-figure]").textContent);
  const answer = await fetch(source, { headers: { Accept: "application/json" } });
  if (!answer.ok) throw new Error(`${source}: ${answer.status}`);
  return answer.json();
}

// The style sheet goes first: with it in place plotly.js adds no style element, which the security policy would refuse.
async function load(source, styles) {
  try {
    if (styles && !document.getElementById(STYLE_ID)) {
      const link = document.createElement("link");
      Object.assign(link, { rel: "stylesheet", id: STYLE_ID, className: "no-inline-styles", href: styles });
      await arrival(link);
    }
    if (!window.Plotly) {
      document.head.append(Object.assign(document.createElement("meta"), { id: MAP_STYLE_ID }));
      const script = document.createElement("script");
      script.src = source;
      await arrival(script);
    }
    return window.Plotly;
  } catch (error) {
    library = undefined; // the next press tries again
    throw error;
  }
}

function arrival(element) {
  return new Promise((resolve, reject) => {
    element.addEventListener("load", resolve, { once: true });
    element.addEventListener("error", () => {
      element.remove();
      reject(new Error(`${element.src ?? element.href} did not load`));
    }, { once: true });
    document.head.append(element);
  });
}

// The figure in the colours that the page has now.
function paint(drawing) {
  const style = getComputedStyle(document.documentElement);
  const now = new Map(TOKENS.map((token, index) => [LIGHT[index], resolved(style.getPropertyValue(`--${token}`).trim()) || LIGHT[index]]));
  return JSON.parse(JSON.stringify(drawing), (_, value) => now.get(value) ?? value);
}

// System colours such as CanvasText mean nothing to plotly.js; the browser says which colour they are.
function resolved(colour) {
  if (!colour || colour.startsWith("#")) return colour;
  const probe = document.createElement("span");
  probe.hidden = true;
  probe.style.color = colour;
  document.body.append(probe);
  const found = getComputedStyle(probe).color;
  probe.remove();
  return found;
}
