// What the stories log in with: a password that occurs nowhere else and that every encoding changes.
export const login = "robot-8Qd@пекарня.example";
export const password = 'kV7"m\\2!xZ9/рЛ+4 &<w%5';
export const credentials = { VAC_LOGIN: login, VAC_PASSWORD: password };
