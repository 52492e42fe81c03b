import { Button, type ButtonProps } from '@fluentui/react-components';
import { Dismiss20Regular } from '@fluentui/react-icons';
import { useText } from './inbox-context.ts';

/** Puts a bar away. */
export const DismissButton = (props: ButtonProps) => (
  <Button appearance="transparent" icon={<Dismiss20Regular />} aria-label={useText().dismiss} {...props} />
);
