import { Radio } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { FormProps } from '../setup/formProps';
import { TextsField } from '../setup/TextsField';
import { useDeskLanguages } from '../setup/useDeskLanguages';
import { ChoicesField } from './ChoicesField';
import classes from './FieldForm.module.css';
import { FIELD_KINDS, KIND_ICONS, MAY_HAVE_CHOICES, NEEDS_CHOICES, type FieldKind } from './kinds';

/** A field of tickets: its name, its kind, what can be chosen. `fixed` are ids of stored values. */
export function FieldForm({ form, fixed }: FormProps<'fields'> & { fixed: readonly string[] }) {
  const { value: setting, change, fault: faultOf, isNew } = form;
  const { t } = useTranslation();
  const languages = useDeskLanguages();
  const { kind, names, hints, choices } = setting;
  // Values that stand in tickets are of the kind that the field had when they were written.
  const pick = (wanted: FieldKind): void =>
    change({ kind: wanted, ...(MAY_HAVE_CHOICES.includes(wanted) ? {} : { choices: [] }) });
  return (
    <>
      <TextsField
        isFirst
        label={t('ticketSetup.field.name')}
        name="names"
        texts={names}
        languages={languages}
        onChange={(texts) => change({ names: texts })}
        faultOf={faultOf}
      />
      <TextsField
        label={t('ticketSetup.field.hint')}
        hint={t('ticketSetup.field.hintHint')}
        name="hints"
        texts={hints}
        languages={languages}
        onChange={(texts) => change({ hints: texts })}
        faultOf={faultOf}
      />
      {isNew ? (
        <KindPicker kind={kind} onPick={pick} />
      ) : (
        <div>
          <div className={classes.label}>{t('ticketSetup.field.kind')}</div>
          <Kind kind={kind} />
          <p className={classes.dim}>{t('ticketSetup.field.kindStays')}</p>
        </div>
      )}
      {MAY_HAVE_CHOICES.includes(kind) && (
        <ChoicesField
          choices={choices}
          fixed={fixed}
          isFree={!NEEDS_CHOICES.includes(kind)}
          languages={languages}
          onChange={(changed) => change({ choices: changed })}
          faultOf={faultOf}
        />
      )}
    </>
  );
}

export function Kind({ kind }: { kind: FieldKind }) {
  const { t } = useTranslation();
  const Icon = KIND_ICONS[kind];
  return (
    <span className={classes.kind}>
      <Icon size={16} aria-hidden />
      {t(`ticketSetup.kinds.${kind}.name`)}
    </span>
  );
}

function KindPicker({ kind, onPick }: { kind: FieldKind; onPick: (kind: FieldKind) => void }) {
  const { t } = useTranslation();
  return (
    <Radio.Group
      label={t('ticketSetup.field.kind')}
      value={kind}
      onChange={(value) => onPick(value)}
    >
      <div className={classes.kinds}>
        {FIELD_KINDS.map((one) => {
          const Icon = KIND_ICONS[one];
          return (
            <label key={one} className={classes.card} data-here={one === kind || undefined}>
              <Radio
                size="xs"
                value={one}
                aria-label={t(`ticketSetup.kinds.${one}.name`)}
                aria-describedby={`kind-${one}`}
              />
              <span>
                <span className={classes.kind}>
                  <Icon size={16} aria-hidden />
                  {t(`ticketSetup.kinds.${one}.name`)}
                </span>
                <span id={`kind-${one}`} className={classes.dim}>
                  {t(`ticketSetup.kinds.${one}.words`)}
                </span>
              </span>
            </label>
          );
        })}
      </div>
    </Radio.Group>
  );
}
