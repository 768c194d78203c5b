// What happened in one state: when, how often, with which input, output, error and commands?
import { useTranslation } from 'react-i18next';
import type { RunState } from '../../../../domain/api/run-view.ts';
import { useFormats } from '../../i18n/use-formats.ts';
import { Button } from '../../ui/button.tsx';
import { commandLine, prettyJson, secondsBetween } from './run-texts.ts';

interface BlockProps {
  readonly title: string;
  readonly text: string;
}

function Block({ title, text }: BlockProps) {
  const { t } = useTranslation('runs');
  return (
    <section className="run-block">
      <div className="row row-between">
        <h3>{title}</h3>
        <Button size="small" kind="quiet" onPress={() => void navigator.clipboard.writeText(text)}>
          {t('copy')}
        </Button>
      </div>
      {/* A long text scrolls; a keyboard must be able to do that too. */}
      {/* oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex */}
      <pre tabIndex={0} role="region" aria-label={title}>
        {text}
      </pre>
    </section>
  );
}

export function RunStateDetails({ state, now }: { readonly state: RunState; readonly now: number }) {
  const { t } = useTranslation('runs');
  const formats = useFormats();
  const seconds = secondsBetween(state.enteredAt, state.exitedAt, now);
  const facts: readonly (readonly [string, string])[] = [
    [t('statusOf'), t(`status.${state.status}`)],
    [t('type'), state.type],
    ...(state.stage === null ? [] : [[t('stage'), state.stage] as const]),
    ...(state.enteredAt === null ? [] : [[t('entered'), formats.dateTime(state.enteredAt)] as const]),
    ...(seconds === null ? [] : [[t('took'), t('seconds', { value: formats.number(seconds, 2) })] as const]),
    ...(state.entries > 1 ? [[t('entries'), formats.number(state.entries)] as const] : []),
    ...(state.attempts > 1 ? [[t('attempts'), formats.number(state.attempts)] as const] : []),
  ];
  return (
    <section className="card run-details" aria-labelledby="run-details-title">
      <h2 id="run-details-title">{state.name}</h2>
      <dl className="run-facts">
        {facts.map(([name, value]) => (
          <div key={name}>
            <dt className="muted small">{name}</dt>
            <dd>{value}</dd>
          </div>
        ))}
      </dl>
      {state.error === null ? null : (
        <Block title={t('error')} text={[state.error, prettyJson(state.cause ?? '')].join('\n')} />
      )}
      {state.commands.map((command, index) => (
        // The commands of a state stay in their order.
        // oxlint-disable-next-line react/no-array-index-key
        <Block key={index} title={t('command', { number: index + 1 })} text={commandLine(command)} />
      ))}
      {state.input === null ? null : <Block title={t('input')} text={prettyJson(state.input)} />}
      {state.output === null ? null : <Block title={t('output')} text={prettyJson(state.output)} />}
      {state.status === 'NOT_REACHED' ? <p className="muted">{t('notReached')}</p> : null}
    </section>
  );
}
