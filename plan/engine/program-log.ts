// What did the program say? Without an engine that keeps a log, Pulumi's library prints it.
import type { LogEntry } from './registration.ts';

const marks: { readonly [mark: string]: LogEntry['severity'] } = {
  info: 'info',
  warning: 'warning',
  error: 'error',
};

/** Entries of `pulumi.log` among everything that was printed; the lines up to the next mark belong to one. */
export function readLog(printed: string): readonly LogEntry[] {
  return printed.split(/^(?=(?:info|warning|error): \[runtime\] )/mu).flatMap((part) => {
    const [, mark, message] = /^(info|warning|error): \[runtime\] ([^]*)$/u.exec(part) ?? [];
    const severity = marks[mark ?? ''];
    return severity === undefined || message === undefined ? [] : [{ severity, message: message.trim() }];
  });
}
