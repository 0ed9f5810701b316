import type { ComponentChildren } from "preact";
import { addressWith, type Change, go } from "../location.ts";

interface Props {
  change: Change;
  title?: string;
  class?: string;
  isCurrent?: boolean;
  children: ComponentChildren;
}

/** A link within the page, which may be opened in another tab as well. */
export function Link({ change, title, class: className, isCurrent, children }: Props) {
  const follow = (event: MouseEvent) => {
    if (event.ctrlKey || event.metaKey || event.shiftKey || event.button !== 0) return;
    event.preventDefault();
    go(change);
  };
  return <a href={addressWith(change)} title={title} class={className} aria-current={isCurrent ? "page" : undefined} onClick={follow}><bdi>{children}</bdi></a>;
}
