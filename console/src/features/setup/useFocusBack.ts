import { useEffect, useRef } from 'react';

const opened = new Map<string, string>();

/** Puts the focus on the entry that was open, when its list is shown again. */
export function useFocusBack(page: string) {
  const list = useRef<HTMLUListElement>(null);
  useEffect(() => {
    const element = list.current;
    if (!element) return undefined;
    const last = opened.get(page);
    opened.delete(page);
    if (last) element.querySelector<HTMLElement>(`[data-entry="${CSS.escape(last)}"]`)?.focus();
    const remember = (event: Event): void => {
      const link = (event.target as Element).closest<HTMLElement>('[data-entry]');
      if (link?.dataset.entry) opened.set(page, link.dataset.entry);
    };
    element.addEventListener('click', remember);
    return () => element.removeEventListener('click', remember);
  }, [page]);
  return list;
}
