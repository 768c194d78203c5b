// In which language will be spoken?

/** `other`: the recogniser finds out. */
export const speechLanguages = ['en', 'pt', 'other'] as const;
export type SpeechLanguage = (typeof speechLanguages)[number];
