using System.Diagnostics;
using System.Net;
using Runnel.Server.Tests.Fixtures;
namespace Runnel.Server.Tests.Cluster;
public sealed class TempMeasure(TwoServers servers) : IClassFixture<TwoServers>
{
    [Fact]
    public async Task Measure_X()
    {
        for (var round = 0; round < 3; round++)
        {
            var (a, b) = await servers.NewUserAsync();
            var sw = Stopwatch.StartNew();
            var counts = await Task.WhenAll(Enumerable.Range(0, 8).Select(i => CountAsync(i % 2 == 0 ? a : b)));
            File.AppendAllText("/tmp/team/across/measure.txt", $"{counts.Sum()} accepted in {sw.ElapsedMilliseconds} ms, refill {sw.Elapsed.TotalSeconds * 200 / 60:f1} ({string.Join(',', counts)})\n");
        }
    }
    private static async Task<int> CountAsync(HttpClient client)
    {
        for (var count = 0; ; count++)
        {
            using var answer = await client.GetAsync(new Uri("/api/v1/auth/me", UriKind.Relative));
            if (answer.StatusCode == HttpStatusCode.TooManyRequests)
                return count;
        }
    }
}
