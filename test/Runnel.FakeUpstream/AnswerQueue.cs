using System.Collections.Concurrent;

namespace Runnel.Fakes;

internal sealed class AnswerQueue
{
    private readonly ConcurrentQueue<Answer> _answers = new();

    public void Enqueue(Answer answer) => _answers.Enqueue(answer);

    public Answer Next(UpstreamRequest request, int number)
    {
        if (_answers.TryDequeue(out var answer)) return answer;
        if (TrainingAnswer.For(request, number) is { } training) return training;
        var script = PromptScript.Parse(request.LastUserMessage);
        return script is null ? Answers.Echo : new ScriptedFault(script, number).PlayAsync;
    }
}
