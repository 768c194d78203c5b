// Which keys are there? The English files are the measure; a misspelt key does not compile.
import 'i18next';
import type attempts from '../locales/en/attempts.json';
import type common from '../locales/en/common.json';
import type compare from '../locales/en/compare.json';
import type figures from '../locales/en/figures.json';
import type practise from '../locales/en/practise.json';
import type privacy from '../locales/en/privacy.json';
import type questions from '../locales/en/questions.json';
import type report from '../locales/en/report.json';
import type runs from '../locales/en/runs.json';
import type settings from '../locales/en/settings.json';
import type uploads from '../locales/en/uploads.json';

declare module 'i18next' {
  interface CustomTypeOptions {
    defaultNS: 'common';
    resources: {
      attempts: typeof attempts;
      common: typeof common;
      compare: typeof compare;
      figures: typeof figures;
      practise: typeof practise;
      privacy: typeof privacy;
      questions: typeof questions;
      report: typeof report;
      runs: typeof runs;
      settings: typeof settings;
      uploads: typeof uploads;
    };
  }
}
