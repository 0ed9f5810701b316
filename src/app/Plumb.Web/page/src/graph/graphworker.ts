// Lays out a graph in a thread of its own: it may take seconds, and it can be ended.
import { Graphviz } from "@hpcc-js/wasm-graphviz";

self.onmessage = async (event: MessageEvent<string>) => {
  try {
    const graphviz = await Graphviz.load();
    self.postMessage({ layout: graphviz.layout(event.data, "json0" as "json", "dot") });
  } catch (error) {
    self.postMessage({ error: String(error) });
  }
};
