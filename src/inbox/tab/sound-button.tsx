import { Button } from '@fluentui/react-components';
import { Speaker220Regular, SpeakerMute20Regular } from '@fluentui/react-icons';
import { useInbox, useInboxState, useText } from './inbox-context.ts';

/** Whether alarms are heard in this browser tab. Off until somebody wants it. */
export function SoundButton() {
  const text = useText();
  const inbox = useInbox();
  const sound = useInboxState((state) => state.sound);
  return (
    <Button
      size="small"
      appearance="subtle"
      aria-pressed={sound}
      icon={sound ? <Speaker220Regular /> : <SpeakerMute20Regular />}
      aria-label={text.list.soundOn}
      title={sound ? text.list.soundOn : text.list.soundOff}
      data-sound={sound ? 'on' : 'off'}
      onClick={() => inbox.setSound(!sound)}
    />
  );
}
