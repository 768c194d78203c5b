// How does a candidate get from the first page to a report?
import type { Page } from 'playwright-core';
import { english } from '../../../report/language.ts';
import { portuguese } from '../../../report/portuguese.ts';
import { say, type Language } from './words.ts';

const reportWords = { en: english, pt: portuguese } as const;

const press = (page: Page, name: string): Promise<void> =>
  page.getByRole('button', { name, exact: true }).click();

/** Lets the recogniser find out which language is spoken. */
async function speakAnyLanguage(page: Page, language: Language): Promise<void> {
  const label = say(language, 'practise:choose.language');
  await page.getByRole('button', { name: label }).click();
  await page.getByRole('option', { name: say(language, 'practise:choose.languages.other') }).click();
}

/** Chooses the first question, agrees to the privacy notice if asked, and lets the devices be checked. */
export async function goToRecorder(page: Page, language: Language): Promise<void> {
  // The fake microphone speaks English, whatever the app is read in.
  if (language === 'pt') await speakAnyLanguage(page, language);
  await press(page, say(language, 'practise:choose.continueWith_one', { count: 1 }));
  const agree = page.getByRole('button', { name: say(language, 'practise:consent.agree') });
  const check = page.getByRole('button', { name: say(language, 'practise:check.continue') });
  await agree.or(check).first().waitFor();
  if (await agree.isVisible()) await agree.click();
  await check.click();
}

/** Records so many seconds and stops at the review. */
export async function record(page: Page, language: Language, seconds: number): Promise<void> {
  await press(page, say(language, 'practise:record.start'));
  await page.getByRole('button', { name: say(language, 'practise:record.stop'), exact: true }).waitFor();
  await page.waitForTimeout(seconds * 1000);
  await press(page, say(language, 'practise:record.stop'));
  await page.getByRole('button', { name: say(language, 'practise:review.send'), exact: true }).waitFor();
}

export const send = (page: Page, language: Language): Promise<void> =>
  press(page, say(language, 'practise:review.send'));

/** Waits until the report of the record that is shown is there; the analysis may take its time. */
export const reportOpens = (page: Page, language: Language): Promise<void> =>
  page
    .getByRole('heading', { name: reportWords[language].transcript, exact: true })
    .waitFor({ timeout: 120_000 });

export const recordIdOf = (page: Page): string => new URL(page.url()).pathname.split('/')[2] ?? '';
