/** Where the API lives. */
export const API = "/api/external/v1";
