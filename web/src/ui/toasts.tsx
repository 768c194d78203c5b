// How does the app say that something happened, wherever the user is?
import { useSyncExternalStore } from 'react';
import { useTranslation } from 'react-i18next';
import { Button } from './button.tsx';
import { CloseIcon } from './icons.tsx';
import './toasts.css';

interface Toast {
  readonly id: number;
  readonly kind: 'good' | 'bad';
  readonly text: string;
}

/** Milliseconds that good news stay; bad news stay until they are closed. */
const goodNewsMs = 6000;

let toasts: readonly Toast[] = [];
let lastId = 0;
const listeners = new Set<() => void>();

function change(next: readonly Toast[]): void {
  toasts = next;
  for (const listener of listeners) listener();
}

const close = (id: number): void => change(toasts.filter((toast) => toast.id !== id));

/** Shows a sentence at the edge of the window and reads it out. */
export function showToast(kind: Toast['kind'], text: string): void {
  lastId += 1;
  const id = lastId;
  change([...toasts.slice(-2), { id, kind, text }]);
  if (kind === 'good') setTimeout(() => close(id), goodNewsMs);
}

const subscribe = (listener: () => void): (() => void) => {
  listeners.add(listener);
  return () => listeners.delete(listener);
};

export function Toasts() {
  const { t } = useTranslation();
  const shown = useSyncExternalStore(subscribe, () => toasts);
  return (
    <div className="toasts" role="status" aria-live="polite">
      {shown.map(({ id, kind, text }) => (
        <div key={id} className={`toast toast-${kind}`}>
          <span>{text}</span>
          <Button
            kind="quiet"
            size="small"
            icon={<CloseIcon />}
            aria-label={t('close')}
            onPress={() => close(id)}
          />
        </div>
      ))}
    </div>
  );
}
