// Files that are dropped onto the page become profiles that it can show.
import { useEffect, useState } from "preact/hooks";
import { go } from "../location.ts";
import { change, ServerError, type ShelvedProfile } from "../server.ts";

export interface Upload {
  /** What is going on, or went wrong; null when there is nothing to say. */
  message: string | null;
  isError: boolean;
  isDragging: boolean;
  send: (files: readonly File[]) => void;
  dismiss: () => void;
}

/** @param onDone called after each change of what can be shown. */
export function useUpload(onDone: () => void): Upload {
  const [message, setMessage] = useState<string | null>(null);
  const [isError, setError] = useState(false);
  const [isDragging, setDragging] = useState(false);

  const send = async (files: readonly File[]) => {
    let last: ShelvedProfile | null = null;
    setError(false);
    try {
      for (const file of files) {
        setMessage(`Reading ${file.name} …`);
        last = (await (await change("POST", `profiles?${new URLSearchParams({ name: file.name })}`, file)).json()) as ShelvedProfile;
      }
      setMessage(null);
    } catch (problem) {
      setMessage(problem instanceof ServerError ? `${problem.message} ${problem.remedy}` : String(problem));
      setError(true);
    }
    if (last !== null) {
      onDone();
      go({ profile: String(last.id), base: "none" });
    }
  };

  useEffect(() => {
    const isFiles = (event: DragEvent) => event.dataTransfer?.types.includes("Files") ?? false;
    const over = (event: DragEvent) => {
      if (!isFiles(event)) return;
      event.preventDefault();
      setDragging(true);
    };
    const leave = (event: DragEvent) => {
      if (event.relatedTarget === null) setDragging(false);
    };
    const drop = (event: DragEvent) => {
      if (!isFiles(event)) return;
      event.preventDefault();
      setDragging(false);
      void send([...event.dataTransfer!.files]);
    };
    window.addEventListener("dragover", over);
    window.addEventListener("dragleave", leave);
    window.addEventListener("drop", drop);
    return () => {
      window.removeEventListener("dragover", over);
      window.removeEventListener("dragleave", leave);
      window.removeEventListener("drop", drop);
    };
  }, []);

  return { message, isError, isDragging, send: (files) => void send(files), dismiss: () => setMessage(null) };
}

export function UploadStatus({ upload }: { upload: Upload }) {
  return (
    <>
      {upload.isDragging && <div class="dropzone" aria-hidden="true"><p>Drop to open</p></div>}
      {upload.message !== null && (
        <p class={`toast${upload.isError ? " warn" : ""}`} role={upload.isError ? "alert" : "status"}>
          {upload.message}
          {upload.isError && <button type="button" class="plain" aria-label="Close" onClick={upload.dismiss}>×</button>}
        </p>
      )}
    </>
  );
}
