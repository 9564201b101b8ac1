import { z } from "zod";

// Schemas would try to compile code, which the content security policy of a careful page refuses and reports.
z.config({ jitless: true });
