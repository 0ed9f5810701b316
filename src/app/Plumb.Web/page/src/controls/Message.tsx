export function Message({ title, text, isBusy = false }: { title: string; text?: string; isBusy?: boolean }) {
  return (
    <div class={`message${isBusy ? " busy" : ""}`} role={isBusy ? "status" : "alert"}>
      <p class="title">{title}</p>
      {text !== undefined && <p>{text}</p>}
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
