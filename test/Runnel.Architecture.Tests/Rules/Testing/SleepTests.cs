using Runnel.Architecture.Tests.Source;

namespace Runnel.Architecture.Tests.Rules.Testing;

public sealed class SleepTests
{
    private const string path = "test/Runnel.Streams.Tests/A.cs";
    private static readonly SleepRule rule = new();

    [Fact]
    public void Repository_DoesNotSleepInTests() => Expect.Clean(rule, Repository.Tree);

    [Theory]
    [InlineData("Thread.Sleep(1);", "Thread.Sleep")]
    [InlineData("System.Threading.Thread.Sleep(1);", "Thread.Sleep")]
    [InlineData("await Task.Delay(1);", "Task.Delay")]
    [InlineData("await Task.Delay(100, cancellationToken);", "Task.Delay")]
    [InlineData("await Task.Delay(100, timeout.Token);", "Task.Delay")]
    [InlineData("await Task.Delay(100); // polls:", "Task.Delay")]
    [InlineData("await Task.Delay(100); // a moment", "Task.Delay")]
    public void Rule_ReportsASleep(string statement, string name)
    {
        Expect.Clean(rule, Tree("await written.Task;"));
        Expect.Reports(rule, Tree(statement), $"{path}:3: {name} in a test: wait for the thing itself");
    }

    [Theory]
    [InlineData("await Task.Delay(second, clock);")]
    [InlineData("await Task.Delay(second, timeProvider, cancellationToken);")]
    [InlineData("await Task.Delay(Timeout.Infinite, cancellationToken);")]
    [InlineData("await Task.Delay(100); // polls: another process writes the file")]
    public void Rule_AcceptsADelay_ThatIsNoGuess(string statement) => Expect.Clean(rule, Tree(statement));

    private static SourceTree Tree(string statement) =>
        SourceTree.Of((path, $"class A\n{{\n    async Task B() {{ {statement}\n}}\n}}\n"));
}
