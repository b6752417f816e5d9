using System.Globalization;

namespace Runnel.Fakes;

/// <summary>Plays what a prompt asked for.</summary>
internal sealed class ScriptedFault(PromptScript script, int requestNumber)
{
    private static readonly string[] HardWords =
        ["grüße ", "日本語 ", "👩‍👩‍👧‍👦 ", "\u2028", "\"quoted\" ", "back\\slash ", "line\n", "𝒳 "];

    public async Task PlayAsync(AnswerWriter writer, CancellationToken clientGone)
    {
        if (await IsRefusedAsync(writer, clientGone)) return;
        if (script.Crlf) writer.LineEnd = "\r\n";
        await writer.StartAsync();
        if (script.Fault == "hanghdr") await Answers.Hang(writer, clientGone);
        await writer.DataAsync(Wire.Role());
        await WaitAsync(script.FirstDelay, clientGone);
        for (var i = 0; i < script.Tokens; i++)
        {
            if (script.At == i && await StrikeAsync(writer, clientGone)) return;
            if (script.Comments) await writer.RawAsync($": OPENROUTER PROCESSING{writer.LineEnd}{writer.LineEnd}");
            await writer.DataAsync(i < script.Reasoning ? Wire.Reasoning(Word(i)) : Wire.Text(Word(i)));
            await WaitAsync(script.Delay, clientGone);
        }

        if (script.At >= script.Tokens && await StrikeAsync(writer, clientGone)) return;
        await EndAsync(writer);
    }

    /// <summary>Before any head: a status, silence or a reset.</summary>
    private async Task<bool> IsRefusedAsync(AnswerWriter writer, CancellationToken clientGone)
    {
        if (int.TryParse(script.Fault, NumberStyles.None, CultureInfo.InvariantCulture, out var status))
        {
            if (requestNumber > (script.At ?? int.MaxValue)) return false;
            await Answers.Status(status, script.RetryAfter)(writer, clientGone);
            return true;
        }

        if (script.At is not null) return false;
        if (script.Fault == "hang") await Answers.Hang(writer, clientGone);
        if (script.Fault == "reset") writer.Reset();
        return script.Fault == "reset";
    }

    /// <summary>In the middle. True when that was the end of it.</summary>
    private async Task<bool> StrikeAsync(AnswerWriter writer, CancellationToken clientGone)
    {
        switch (script.Fault)
        {
            case "hang":
                await Answers.Hang(writer, clientGone);
                return true;
            case "reset":
                // A reset destroys what the client has not read yet, so let it read what came before.
                await WaitAsync(TimeSpan.FromMilliseconds(50), clientGone);
                writer.Reset();
                return true;
            case "close":
                await writer.CloseAsync(clientGone);
                return true;
            case "badjson":
                await writer.DataAsync("""{"id":"chatcmpl-fake","choices":[{"delta":{"content":oops""");
                return false;
            case "errchunk":
                await writer.DataAsync("""{"error":{"message":"told to fail","type":"fake","code":400}}""");
                return true;
            case "empty":
                await writer.DataAsync(Wire.Empty());
                return false;
            case "huge":
                await writer.DataAsync(Wire.Text(new string('h', script.HugeKilobytes * 1024)));
                return false;
            default:
                return false;
        }
    }

    private async Task EndAsync(AnswerWriter writer)
    {
        if (script.Fault == "nofinish") return;
        if (script.Fault != "nodone")
        {
            await writer.FinishAsync(script.Tokens);
            return;
        }

        await writer.DataAsync(Wire.Finish("stop"));
        await writer.DataAsync(Wire.Usage(writer.Request.Messages.Count, script.Tokens));
    }

    private string Word(int i) => script.Text is { } text ? Piece(text, i) : script.Utf8
        ? HardWords[i % HardWords.Length]
        : string.Create(CultureInfo.InvariantCulture, $"word{i} ");

    /// <summary>The text in as many pieces as there are tokens.</summary>
    private string Piece(string text, int i)
    {
        var length = (text.Length + script.Tokens - 1) / script.Tokens;
        return text[Math.Min(i * length, text.Length)..Math.Min((i + 1) * length, text.Length)];
    }

    private static Task WaitAsync(TimeSpan delay, CancellationToken clientGone) =>
        delay > TimeSpan.Zero ? Task.Delay(delay, TimeProvider.System, clientGone) : Task.CompletedTask;
}
