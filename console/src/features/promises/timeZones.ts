interface Option {
  value: string;
  label: string;
}

const known = new Map<string, Option[]>();

/** Every zone with how far it is from UTC now, for example "Europe/Lisbon (GMT+1)". */
export function timeZones(language: string): Option[] {
  const ready = known.get(language);
  if (ready) return ready;
  const names = new Set(['UTC', ...Intl.supportedValuesOf('timeZone')]);
  const made = [...names].map((zone) => ({
    value: zone,
    label: `${zone.replaceAll('_', ' ')} (${offset(zone, language)})`,
  }));
  known.set(language, made);
  return made;
}

function offset(zone: string, language: string): string {
  const options = { timeZone: zone, timeZoneName: 'shortOffset' } as const;
  const parts = new Intl.DateTimeFormat(language, options).formatToParts(new Date());
  return parts.find(({ type }) => type === 'timeZoneName')?.value ?? '';
}
