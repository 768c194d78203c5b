// What does the user want to practise?
import { useState } from 'react';
import { Radio, RadioGroup } from 'react-aria-components/RadioGroup';
import { useTranslation } from 'react-i18next';
import { ulid } from 'ulid';
import { useUserId } from '../../app/context.ts';
import { Button } from '../../ui/button.tsx';
import { Select } from '../../ui/select.tsx';
import { TextField } from '../../ui/text-field.tsx';
import { ConsentDialog } from './consent-dialog.tsx';
import { hasConsent } from './consent.ts';
import { QuestionPicker } from './question-picker.tsx';
import type { PractiseEvent } from './session.ts';
import { speechLanguages, type SpeechLanguage } from './speech-languages.ts';
import { useQuestionChoice } from './use-question-choice.ts';

type Way = 'set' | 'free';

const longestQuestion = 500;

export function ChooseStep({ tell }: { readonly tell: (event: PractiseEvent) => void }) {
  const { t, i18n } = useTranslation('practise');
  const [way, setWay] = useState<Way>('set');
  const choice = useQuestionChoice();
  const userId = useUserId();
  const [own, setOwn] = useState('');
  const [spoken, setSpoken] = useState<SpeechLanguage | null>(null);
  const [asksConsent, setAsksConsent] = useState(false);

  const ownLanguage = i18n.language === 'pt' ? 'pt' : 'en';
  const language = spoken ?? (way === 'set' ? choice.set?.language : null) ?? ownLanguage;
  const questions = way === 'set' ? choice.questions : [own.trim() === '' ? null : own.trim()];
  const begin = (): void => {
    setAsksConsent(false);
    tell({ name: 'begin', sessionId: ulid(), questions, language: language === 'other' ? null : language });
  };
  return (
    <section className="card stack" aria-label={t('choose.title')}>
      <RadioGroup
        className="ways"
        aria-label={t('choose.title')}
        value={way}
        onChange={(value) => setWay(value === 'free' ? 'free' : 'set')}
      >
        <Radio value="set" className="way">
          <strong>{t('choose.set')}</strong>
          <span className="muted small">{t('choose.setHint')}</span>
        </Radio>
        <Radio value="free" className="way">
          <strong>{t('choose.free')}</strong>
          <span className="muted small">{t('choose.freeHint')}</span>
        </Radio>
      </RadioGroup>
      {way === 'set' ? (
        <QuestionPicker choice={choice} />
      ) : (
        <TextField
          label={t('choose.ownQuestion')}
          hint={t('choose.ownQuestionHint')}
          value={own}
          onChange={setOwn}
          maxLength={longestQuestion}
          rows={2}
        />
      )}
      <div className="choose-end">
        <Select
          label={t('choose.language')}
          choices={speechLanguages.map((value) => ({ value, label: t(`choose.languages.${value}`) }))}
          value={language}
          onChange={setSpoken}
        />
        <Button
          kind="primary"
          size="large"
          isDisabled={questions.length === 0}
          onPress={() => (hasConsent(userId) ? begin() : setAsksConsent(true))}
        >
          {way === 'free' ? t('choose.continue') : t('choose.continueWith', { count: questions.length })}
        </Button>
      </div>
      <ConsentDialog isOpen={asksConsent} onClose={() => setAsksConsent(false)} onAgree={begin} />
    </section>
  );
}
