// Asks the server again and again for what has changed, while somebody looks.
import { useEffect, useState } from "preact/hooks";
import { ask, ServerError } from "../server.ts";

const EVERY = 1000;

export interface Polled<T> {
  value: T | null;
  /** Set while the server does not answer; what it said before stays. */
  error: ServerError | null;
}

/**
 * The newest answer to a question whose answers have a version; isLast tells when there is nothing more to come. A page that nobody looks at
 * does not ask.
 */
export function usePolled<T extends { version: number }>(view: string, isLast: (value: T) => boolean): Polled<T> {
  const [state, setState] = useState<Polled<T>>({ value: null, error: null });
  useEffect(() => {
    const abort = new AbortController();
    let version = 0;
    const step = async () => {
      if (document.hidden) return;
      try {
        const response = await ask(view, version === 0 ? "" : `since=${version}`, abort.signal);
        const value = response.status === 204 ? null : ((await response.json()) as T);
        if (value === null) {
          setState((before) => (before.error === null ? before : { ...before, error: null }));
          return;
        }
        version = value.version;
        setState({ value, error: null });
        if (isLast(value)) stop();
      } catch (error) {
        if (!abort.signal.aborted) setState((before) => ({ ...before, error: error instanceof ServerError ? error : new ServerError(String(error), "Reload the page.") }));
      }
    };
    let isAsking = false;
    const tick = async () => {
      if (isAsking) return;
      isAsking = true;
      await step();
      isAsking = false;
    };
    const timer = setInterval(tick, EVERY);
    const onShown = () => void tick();
    const stop = () => {
      clearInterval(timer);
      document.removeEventListener("visibilitychange", onShown);
    };
    document.addEventListener("visibilitychange", onShown);
    void tick();
    return () => {
      stop();
      abort.abort();
    };
  }, [view]);
  return state;
}
