using System.Net;
using System.Text;
using Runnel.Server.Tests.Fixtures;

namespace Runnel.Server.Tests.Training.Deleting;

public class DeleteDigitalHumanTests
{
    private const string Secret = "seventeenherons";

    private static readonly HttpStatusCode[] Accepted =
        [HttpStatusCode.OK, HttpStatusCode.NoContent, HttpStatusCode.NotFound, HttpStatusCode.TooManyRequests];

    private static CancellationToken End => TestContext.Current.CancellationToken;

    [Fact]
    public async Task ADigitalHuman_GoesInTheMiddleOfARound_WithAllItKnows_AndItsTextIsInNoFile()
    {
        await using var server = await LivingServer.StartAsync();
        var speaker = server.Speaker;
        var made = await speaker.MakeHumanAsync(persona: $"You keep {Secret}.");
        var human = made.Id();
        await speaker.TeachAsync(human, $"I like {Secret}.");
        var held = server.Upstream.Hold();
        using var running = await speaker.TrainAsync(human, $"I live in {Secret}.");
        await held.Begun;
        using var tab = await speaker.FollowTrainingAsync(human);
        await tab.NextAsync("connected");
        Assert.NotEmpty(FilesWith(server, Secret));

        using var deleted = await speaker.DeleteAsync(made);
        using var again = await speaker.DeleteAsync(made);

        Assert.Equal(HttpStatusCode.NoContent, deleted.StatusCode);
        await again.ProblemAsync(404, "digital_human_not_found");
        await server.Upstream.WaitForAbortAsync(cancellationToken: End);
        Assert.Equal("digital_human_deleted", (await tab.UntilAsync(Trainer.IsRoundEnd))[^1].Text("code"));
        await tab.ToEndAsync();
        using var gone = await speaker.Client.GetAsync(
            new Uri($"{Trainer.Path}?digital_human_id={human}", UriKind.Relative), End);
        Assert.Equal(HttpStatusCode.NoContent, gone.StatusCode);
        using var history = await speaker.Client.GetAsync(
            new Uri($"{Persona.Api}/{human}/training-messages", UriKind.Relative), End);
        await history.ProblemAsync(404, "digital_human_not_found");
        using var train = await speaker.PostTrainingAsync(new { digital_human_id = human, message = "hi" });
        await train.ProblemAsync(404, "digital_human_not_found");
        await UntilErasedAsync(server);
    }

    [Fact]
    public async Task Deletions_ThatRaceWithRounds_LeaveNothingBehind()
    {
        await using var talk = await Talk.StartAsync();
        var speaker = await talk.NewSpeakerAsync();
        for (var i = 0; i < 5; i++)
        {
            var made = await speaker.MakeHumanAsync();
            var rounds = Enumerable.Range(0, 3).Select(_ => speaker.PostTrainingAsync(
                new { digital_human_id = made.Id(), message = "I like chess.", when_busy = "enqueue" })).ToList();
            var deletions = Enumerable.Range(0, 2).Select(_ => speaker.DeleteAsync(made)).ToList();

            var answers = await Task.WhenAll(rounds.Concat(deletions));

            Assert.All(answers[..3], answer => Assert.Contains(answer.StatusCode, Accepted));
            Assert.Contains(answers[3..], answer => answer.StatusCode == HttpStatusCode.NoContent);
            foreach (var answer in answers)
                answer.Dispose();
        }

        using var all = await speaker.FollowTrainingAsync();
        var connected = await all.NextAsync("connected");
        Assert.Empty(connected.Data.GetProperty("running").EnumerateArray());
        Assert.Empty(connected.Data.GetProperty("queued").EnumerateArray());
    }

    private static async Task UntilErasedAsync(LivingServer server)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(End);
        patience.CancelAfter(TimeSpan.FromSeconds(60));
        while (FilesWith(server, Secret).Length > 0)
            await server.Speaker.Client.GetAsync(new Uri("/health/live", UriKind.Relative), patience.Token);
    }

    private static string[] FilesWith(LivingServer server, string text)
    {
        var searched = Encoding.UTF8.GetBytes(text);
        return [.. Directory.GetFiles(Path.GetDirectoryName(server.DatabaseFile)!, "runnel.db*")
            .Where(file => Read(file).AsSpan().IndexOf(searched) >= 0)];
    }

    private static byte[] Read(string file)
    {
        using var stream = new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        var bytes = new byte[stream.Length];
        return bytes[..stream.ReadAtLeast(bytes, bytes.Length, throwOnEndOfStream: false)];
    }
}
