import crime from './signals/crime.json' with { type: 'json' };
import frames from './signals/frames.json' with { type: 'json' };
import people from './signals/people.json' with { type: 'json' };
import suicide from './signals/suicide.json' with { type: 'json' };
import time from './signals/time.json' with { type: 'json' };
import topics from './signals/topics.json' with { type: 'json' };
import violence from './signals/violence.json' with { type: 'json' };
import world from './signals/world.json' with { type: 'json' };
import type { SignalFile } from './vocabulary.ts';

/** Every signal file, in the order they are compiled. They are data that field workers correct: see signals/README.md. */
export const signalFiles: readonly SignalFile[] = [people, time, suicide, violence, crime, frames, world, topics];
