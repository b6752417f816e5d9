namespace Runnel.Fakes;

/// <summary>What a person may say to see each fault.</summary>
internal static class Prompts
{
    public const string Text = """
        Say these in the page; anything else is echoed.

          [[tokens=200 delay=30ms reasoning=20]]          an answer that thinks first
          [[tokens=9 fault=503@2]]                        two refusals, then an answer: see attempt 3
          [[fault=503]]                                   away: three attempts, then the end
          [[tokens=9 fault=429@1 retry_after=5]]          asks for five seconds
          [[fault=429 retry_after=60]]                    asks for too much: the end at once
          [[fault=401]]                                   refuses the key
          [[fault=hang]]                                  no answer at all
          [[fault=hanghdr]]                               a beginning without a word
          [[tokens=50 delay=20ms fault=reset@20]]         a reset in the middle
          [[tokens=50 delay=20ms fault=close@20]]         a close in the middle
          [[tokens=50 delay=20ms fault=hang@20]]          silence in the middle
          [[tokens=50 delay=20ms fault=badjson@20]]       no JSON in the middle
          [[tokens=50 delay=20ms fault=errchunk@20]]      an error object in the middle
          [[tokens=20 delay=20ms fault=nofinish]]         an end without a reason
          [[tokens=50 delay=20ms fault=huge@20]]          900 kB in one piece
          [[tokens=40 delay=20ms crlf comments utf8]]     odd, but whole
          [[tokens=5000 delay=5ms]]                       long: reload the page, or kill -9 the server

        Tell these to a digital human in training; steps: intent_recognition, knowledge_extraction, question_generation.

          I live in Paris. [[step=knowledge_extraction fault=reset]]     away in one step
          I live in Paris. [[step=question_generation delay=200ms]]      a slow question: reload, or kill -9
          I live in Paris. [[wrong=prose@1]]                             no JSON at first: repaired
          I live in Paris. [[step=knowledge_extraction wrong=types]]     also prose, words, many, ends, empty, injected

        With --Models:Providers:0:RetryAfterText=true an answer that breaks off is withdrawn and asked for again.
        """;
}
