import { useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useDesk } from '../../api/desk';
import { MAX_FILE_BYTES, MAX_FILES } from '../../api/types';
import { problemText } from '../../app/say';
import type { DraftFile } from './drafts';

export interface Upload {
  id: string;
  name: string;
  size: number;
  /** From 0 to 1. */
  share: number;
  fault?: string;
}

export interface Uploads {
  running: Upload[];
  add: (files: Iterable<File>) => void;
  drop: (id: string) => void;
  isBusy: boolean;
}

/** Files on their way to the desk's store; `arrived` gets each one that is there. */
export function useUploads(already: number, arrived: (file: DraftFile) => void): Uploads {
  const desk = useDesk();
  const { t } = useTranslation();
  const [running, setRunning] = useState<Upload[]>([]);
  const flights = useRef(new Map<string, AbortController>());

  const patch = (id: string, change: Partial<Upload>): void =>
    setRunning((all) => all.map((one) => (one.id === id ? { ...one, ...change } : one)));
  const drop = (id: string): void => {
    flights.current.get(id)?.abort();
    flights.current.delete(id);
    setRunning((all) => all.filter((one) => one.id !== id));
  };
  const send = async (id: string, file: File): Promise<void> => {
    const flight = new AbortController();
    flights.current.set(id, flight);
    try {
      const upload = await desk.upload(file, (share) => patch(id, { share }), flight.signal);
      drop(id);
      arrived({ upload, name: file.name, size: file.size });
    } catch (error) {
      if (!flight.signal.aborted) patch(id, { fault: problemText(error, t) });
    }
  };
  const add = (files: Iterable<File>): void => {
    let count = already + running.length;
    for (const file of files) {
      const id = crypto.randomUUID();
      count += 1;
      const fault = faultOf(file, count);
      const shown = { id, name: file.name, size: file.size, share: 0 };
      setRunning((all) => [...all, fault ? { ...shown, fault: t(fault) } : shown]);
      if (!fault) void send(id, file);
    }
  };
  return { running, add, drop, isBusy: running.some((one) => !one.fault) };
}

/** The limits that the server has too; told before anything is sent. */
function faultOf(file: File, count: number) {
  if (count > MAX_FILES) return 'composer.tooManyFiles' as const;
  if (file.size > MAX_FILE_BYTES) return 'composer.fileTooLarge' as const;
  return file.size === 0 ? ('composer.fileEmpty' as const) : null;
}
