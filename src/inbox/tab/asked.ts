import { askAtOnce } from './at-once.ts';

askAtOnce(window);
