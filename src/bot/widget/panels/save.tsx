/** @jsxImportSource preact */
import { useState } from 'preact/hooks';
import type { PanelProps } from './panel-api.ts';

type Step = 'start' | 'shown' | 'check' | 'done' | 'failed';

/** A return code: asked for, shown, compared once more, and gone from the page (F40). */
export function Save({ api, t }: PanelProps) {
  const [step, to] = useState<Step>('start');
  const [code, setCode] = useState('');
  const get = async () => {
    const { body } = await api.ask('POST', '/activities', { type: 'event', name: 'returnCode' });
    const given = body.activity?.value ?? '';
    setCode(given);
    to(given ? 'shown' : 'failed');
  };
  const finish = () => {
    setCode('');
    to('done');
  };
  if (!api.begun) return <p>{t.saveFirst}</p>;
  return (
    <>
      <div role="status">
        {(step === 'start' || step === 'failed') && (
          <>
            <p>{t.saveText}</p>
            <p>{t.saveOld}</p>
          </>
        )}
        {step === 'failed' && <p>{t.again}</p>}
        {step === 'shown' && <p>{t.once}</p>}
        {step === 'check' && <p>{t.check}</p>}
        {step === 'done' && <p>{t.done}</p>}
        {code && (
          <p class="code" dir="ltr">
            {code}
          </p>
        )}
      </div>
      {(step === 'start' || step === 'failed') && (
        <button type="button" class="main" onClick={get}>
          {t.show}
        </button>
      )}
      {step === 'shown' && (
        <button type="button" class="main" onClick={() => to('check')}>
          {t.saved}
        </button>
      )}
      {step === 'check' && (
        <button type="button" class="main" onClick={finish}>
          {t.same}
        </button>
      )}
    </>
  );
}
