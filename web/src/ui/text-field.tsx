// How does one write something?
import { FieldError } from 'react-aria-components/FieldError';
import { Input } from 'react-aria-components/Input';
import { Label } from 'react-aria-components/Label';
import { Text } from 'react-aria-components/Text';
import { TextArea } from 'react-aria-components/TextArea';
import { TextField as AriaTextField } from 'react-aria-components/TextField';
import './text-field.css';

interface TextFieldProps {
  readonly label: string;
  readonly value: string;
  readonly onChange: (value: string) => void;
  readonly maxLength?: number;
  /** Lines of the field; one line takes no line breaks. Default 1. */
  readonly rows?: number;
  readonly hint?: string;
  readonly placeholder?: string;
  /** What is wrong with it; shown and read out with the field. */
  readonly error?: string | null;
  readonly autoFocus?: boolean;
}

export function TextField(props: TextFieldProps) {
  const { label, value, onChange, maxLength, rows = 1, hint, placeholder, error, autoFocus = false } = props;
  const limit = maxLength === undefined ? {} : { maxLength };
  const shown = placeholder === undefined ? {} : { placeholder };
  return (
    <AriaTextField
      className="text-field"
      value={value}
      onChange={onChange}
      isInvalid={error !== undefined && error !== null}
      autoFocus={autoFocus}
      {...limit}
    >
      <Label className="field-label">{label}</Label>
      {rows > 1 ? (
        <TextArea className="text-input" rows={rows} {...shown} />
      ) : (
        <Input className="text-input" {...shown} />
      )}
      {hint === undefined ? null : (
        <Text slot="description" className="small muted">
          {hint}
        </Text>
      )}
      <FieldError className="field-error">{error}</FieldError>
    </AriaTextField>
  );
}
