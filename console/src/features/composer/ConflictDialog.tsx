import { Button, Group, Modal } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { useOutbox, useOutboxState } from '../outbox/context';
import { unseen, type Conflict } from '../outbox/outgoing';
import { EventLine } from '../thread/EventLine';
import { group } from '../thread/group';
import { MessageCard } from '../thread/MessageCard';
import classes from './ConflictDialog.module.css';

/** A reply that was overtaken: what is new beside the own text, and the choice. */
export function ConflictDialog({ number }: { number: number }) {
  const conflict = useOutboxState().conflicts.find((one) => one.number === number);
  return conflict ? <Choice conflict={conflict} /> : null;
}

function Choice({ conflict }: { conflict: Conflict }) {
  const { t } = useTranslation();
  const outbox = useOutbox();
  const editFirst = (): void => outbox.editFirst(conflict);
  const news = group(unseen(conflict.current, conflict.basis));
  return (
    <Modal opened onClose={editFirst} size="xl" title={t('conflict.title')}>
      <p className={classes.lead}>{t('conflict.lead')}</p>
      <div className={classes.sides}>
        <section aria-labelledby="conflict-new">
          <h3 id="conflict-new" className={classes.heading}>
            {t('conflict.new')}
          </h3>
          <div className={classes.news}>
            {news.map((piece) =>
              piece.type === 'events' ? (
                <EventLine key={piece.id} events={piece.events} />
              ) : (
                <MessageCard key={piece.id} number={conflict.number} message={piece.message} />
              ),
            )}
          </div>
        </section>
        <section aria-labelledby="conflict-own">
          <h3 id="conflict-own" className={classes.heading}>
            {t('conflict.own')}
          </h3>
          <div className={classes.own}>{conflict.draft.text}</div>
        </section>
      </div>
      <Group justify="flex-end" mt="lg">
        <Button variant="default" onClick={() => outbox.sendAnyway(conflict)}>
          {t('conflict.sendAnyway')}
        </Button>
        <Button data-autofocus onClick={editFirst}>
          {t('conflict.editFirst')}
        </Button>
      </Group>
    </Modal>
  );
}
