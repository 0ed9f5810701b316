import { useEffect, useState } from "preact/hooks";

const PATIENCE_MILLISECONDS = 1500;

export function Message({ title, text }: { title: string; text?: string }) {
  return (
    <div class="message" role="alert">
      <p class="title">{title}</p>
      {text !== undefined && <p>{text}</p>}
    </div>
  );
}

/** Something is on its way. When it takes long it can be given up, which takes the question back. */
export function Waiting({ title }: { title: string }) {
  const [isLong, setLong] = useState(false);
  useEffect(() => {
    const timer = setTimeout(() => setLong(true), PATIENCE_MILLISECONDS);
    return () => clearTimeout(timer);
  }, []);
  return (
    <div class="message busy" role="status">
      <p class="title">{title}</p>
      <p class="progress"><i /></p>
      {isLong && <button type="button" onClick={() => window.history.back()}>Cancel</button>}
    </div>
  );
}

/** What the server says beside a view. */
export function Notes({ notes }: { notes: string[] }) {
  if (notes.length === 0) return null;
  return (
    <ul class="notes">
      {notes.map((note) => <li key={note}>{note}</li>)}
    </ul>
  );
}
