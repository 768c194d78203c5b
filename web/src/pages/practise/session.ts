// Where in a practice session is the user?
import type { EndReason } from '../../recorder/recorder-state.ts';

export type PractiseStep = 'choose' | 'check' | 'record' | 'review' | 'done';

export interface PractiseSession {
  readonly step: PractiseStep;
  /** ULID that all answers of the session share. */
  readonly sessionId: string;
  /** What is asked, in order; `null` is practice without a question. */
  readonly questions: readonly (string | null)[];
  /** BCP 47 tag of what will be spoken, or `null`. */
  readonly language: string | null;
  /** Index of the question that is on. */
  readonly at: number;
  /** The take that is being reviewed. */
  readonly takeId: string | null;
  /** Why that take ended. */
  readonly endReason: EndReason;
  /** Takes that were sent, in order. */
  readonly sentIds: readonly string[];
}

export type PractiseEvent =
  | {
      readonly name: 'begin';
      readonly sessionId: string;
      readonly questions: readonly (string | null)[];
      readonly language: string | null;
    }
  | { readonly name: 'checked' }
  | { readonly name: 'recorded'; readonly takeId: string; readonly reason: EndReason }
  | { readonly name: 'retake' }
  | { readonly name: 'sent' }
  | { readonly name: 'skip' }
  | { readonly name: 'devices-lost' }
  | { readonly name: 'leave' };

export const noSession: PractiseSession = {
  step: 'choose',
  sessionId: '',
  questions: [],
  language: null,
  at: 0,
  takeId: null,
  endReason: 'user',
  sentIds: [],
};

/** To the next question, or to the end after the last one; to the beginning when nothing at all was sent. */
function goOn(session: PractiseSession): PractiseSession {
  const at = session.at + 1;
  if (at < session.questions.length) return { ...session, step: 'record', at, takeId: null };
  return session.sentIds.length === 0 ? noSession : { ...session, step: 'done', takeId: null };
}

export function nextSession(session: PractiseSession, event: PractiseEvent): PractiseSession {
  switch (event.name) {
    case 'begin': {
      const { sessionId, questions, language } = event;
      return questions.length === 0
        ? session
        : { ...noSession, step: 'check', sessionId, questions, language };
    }
    case 'checked':
      return session.step === 'check' ? { ...session, step: 'record' } : session;
    case 'recorded':
      if (session.step !== 'record') return session;
      return { ...session, step: 'review', takeId: event.takeId, endReason: event.reason };
    case 'retake':
      return session.step === 'review' ? { ...session, step: 'record', takeId: null } : session;
    case 'sent':
      if (session.step !== 'review' || session.takeId === null) return session;
      return goOn({ ...session, sentIds: [...session.sentIds, session.takeId] });
    case 'skip':
      return session.step === 'record' || session.step === 'review' ? goOn(session) : session;
    case 'devices-lost':
      return session.step === 'record' ? { ...session, step: 'check' } : session;
    case 'leave':
      return noSession;
  }
}
