import { useInboxState } from './inbox-context.ts';
import { useLater } from './later.ts';

/** Where the reader is told what they must know now. */
export function Notices({ onOpen }: { onOpen(id: string): void }) {
  const { parts } = useLater();
  const alarms = useInboxState((state) => state.alarms);
  return (
    <div>
      {/* Mounted before there is anything to say: a region that comes with its words is not read out. */}
      <div role="alert" data-alarms={alarms.length}>
        {parts && <parts.AlarmBar onOpen={onOpen} />}
      </div>
      {parts && <parts.NoticeBars onOpen={onOpen} />}
    </div>
  );
}
