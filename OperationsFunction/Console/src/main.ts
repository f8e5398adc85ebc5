import '../styles/app.css';
import { App } from './app.ts';

new App(document.getElementById('app')!).start();
