// How do the arrow keys go from mark to mark of a row?
import type { KeyboardEvent } from 'react';

function indexOfKey(key: string, now: number, count: number): number {
  switch (key) {
    case 'ArrowLeft':
      return now - 1;
    case 'ArrowRight':
      return now + 1;
    case 'Home':
      return 0;
    case 'End':
      return count - 1;
    default:
      return -1;
  }
}

/** One tab stop per row follows the focus. Says whether the key was one of these. */
export function roveMarks(event: KeyboardEvent): boolean {
  const mark = event.target instanceof Element ? event.target.closest('.mark') : null;
  if (!mark) return false;
  const row = [...(mark.parentElement?.querySelectorAll('.mark') ?? [])];
  const next = row[indexOfKey(event.key, row.indexOf(mark), row.length)];
  if (!(next instanceof SVGElement)) return false;
  event.preventDefault();
  mark.setAttribute('tabindex', '-1');
  next.setAttribute('tabindex', '0');
  next.focus();
  return true;
}
