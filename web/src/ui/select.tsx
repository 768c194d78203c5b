// How does one choose one of several?
import type { ReactNode } from 'react';
import { Button } from 'react-aria-components/Button';
import { Label } from 'react-aria-components/Label';
import { ListBox, ListBoxItem } from 'react-aria-components/ListBox';
import { Popover } from 'react-aria-components/Popover';
import { Select as AriaSelect, SelectValue } from 'react-aria-components/Select';
import { CheckIcon, ChevronIcon } from './icons.tsx';
import './select.css';

export interface Choice<Value extends string> {
  readonly value: Value;
  readonly label: string;
}

interface SelectProps<Value extends string> {
  readonly label: string;
  readonly choices: readonly Choice<Value>[];
  readonly value: Value;
  readonly onChange: (value: Value) => void;
  /** The label is read out but not shown. */
  readonly hidesLabel?: boolean;
  readonly isDisabled?: boolean;
  /** A sign before the value. */
  readonly icon?: ReactNode;
}

/** A list that opens; the value is always one of the choices. */
export function Select<Value extends string>(props: SelectProps<Value>) {
  const { label, choices, value, onChange, hidesLabel = false, isDisabled = false, icon } = props;
  return (
    <AriaSelect
      className="select"
      isDisabled={isDisabled}
      value={value}
      onChange={(key) => {
        const chosen = choices.find((choice) => choice.value === key);
        if (chosen) onChange(chosen.value);
      }}
    >
      <Label className={hidesLabel ? 'visually-hidden' : 'field-label'}>{label}</Label>
      <Button className="select-button">
        {icon}
        <SelectValue className="select-value" />
        <ChevronIcon />
      </Button>
      <Popover className="popover select-popover">
        <ListBox className="list-box">
          {choices.map((choice) => (
            <ListBoxItem key={choice.value} id={choice.value} textValue={choice.label} className="list-item">
              <span>{choice.label}</span>
              {choice.value === value ? <CheckIcon /> : null}
            </ListBoxItem>
          ))}
        </ListBox>
      </Popover>
    </AriaSelect>
  );
}
