// Wakes the islands once the browser has nothing better to do. Pages work without this file.
import init, * as islands from "ISLANDS_GLUE";

const wake = (element) => {
  const name = element.dataset.component;
  if (islands[name]) islands[name](element);
};

const start = async () => {
  if (!document.querySelector("leptos-island")) return;
  await init({ module_or_path: "ISLANDS_WASM" });
  islands.hydrate();
  // Inner islands first, so that an outer one finds its children awake.
  for (const island of [...document.querySelectorAll("leptos-island")].reverse()) wake(island);
};

(window.requestIdleCallback ?? setTimeout)(start);
