import { Combobox, useCombobox } from '@mantine/core';
import { IconCheck, IconChevronDown } from '@tabler/icons-react';
import { useState, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import classes from './Choice.module.css';

export interface Option {
  value: string;
  label: string;
  mark?: ReactNode;
}

interface Props {
  /** What is chosen: "Department". */
  name: string;
  value: string;
  shown: ReactNode;
  options: Option[];
  disabled?: boolean;
  onChoose: (value: string) => void;
}

/** A quiet button that shows a value and lets another be chosen; long lists can be searched. */
export function Choice({ name, value, shown, options, disabled, onChoose }: Props) {
  const { t } = useTranslation();
  const [sought, setSought] = useState('');
  const box = useCombobox({
    onDropdownClose: () => {
      box.resetSelectedOption();
      setSought('');
      box.focusTarget();
    },
    onDropdownOpen: () => box.focusSearchInput(),
  });
  const isLong = options.length > 6;
  const wanted = sought.trim().toLocaleLowerCase();
  const found = options.filter((one) => one.label.toLocaleLowerCase().includes(wanted));
  return (
    <Combobox
      store={box}
      keepMounted={false}
      width={240}
      position="bottom-start"
      shadow="md"
      onOptionSubmit={(chosen) => {
        box.closeDropdown();
        if (chosen !== value) onChoose(chosen);
      }}
    >
      <Combobox.Target targetType="button">
        <button
          type="button"
          className={classes.target}
          disabled={disabled}
          onClick={() => box.toggleDropdown()}
        >
          <span className="visually-hidden">{name}: </span>
          {shown}
          {!disabled && <IconChevronDown size={13} aria-hidden className={classes.arrow} />}
        </button>
      </Combobox.Target>
      <Combobox.Dropdown>
        {isLong && (
          <Combobox.Search
            value={sought}
            aria-label={name}
            placeholder={t('ticket.seek')}
            onChange={(event) => setSought(event.currentTarget.value)}
          />
        )}
        <Combobox.Options mah={260} style={{ overflowY: 'auto' }} aria-label={name}>
          {found.map((one) => (
            <Combobox.Option key={one.value} value={one.value} active={one.value === value}>
              <span className={classes.option}>
                {one.mark}
                <span className={classes.label}>{one.label}</span>
                {one.value === value && <IconCheck size={14} aria-hidden />}
              </span>
            </Combobox.Option>
          ))}
          {!found.length && <Combobox.Empty>{t('ticket.nothingFound')}</Combobox.Empty>}
        </Combobox.Options>
      </Combobox.Dropdown>
    </Combobox>
  );
}
