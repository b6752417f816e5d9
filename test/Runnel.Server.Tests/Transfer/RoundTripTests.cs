
namespace Runnel.Server.Tests.Transfer;

/// <summary>What is in a file, and that it gets where it should, whole or not at all.</summary>
[Collection(nameof(CarriedWorld))]
public class RoundTripTests(CarriedWorld world)
{
    [Fact]
    public async Task EveryRowAndEvent_IsTheSame_FromSqliteToPostgresAndBack()
    {
        var there = await world.EmptyAsync("Postgres");
        await Carrier.ImportAsync(world.File, there);
        var back = await world.EmptyAsync("Sqlite");
        await Carrier.ImportAsync(await Carrier.ExportAsync(there), back);

        var before = ExportText.Of(world.File).Rows();
        var after = ExportText.Of(await Carrier.ExportAsync(back)).Rows();

        Assert.Equal(before.Keys, after.Keys);
        foreach (var (table, rows) in before)
        {
            Assert.NotEmpty(rows);
            // The one character that PostgreSQL cannot hold.
            Assert.Equal(rows.Select(row => row.Replace("\\u0000", "\uFFFD", StringComparison.Ordinal)), after[table]);
        }
    }

    [Fact]
    public async Task BetweenDatabasesOfOneKind_NotEvenNulChanges_AndCountersStay()
    {
        var there = await world.EmptyAsync("Sqlite");
        await Carrier.ImportAsync(world.File, there);

        var (before, after) = (ExportText.Of(world.File), ExportText.Of(await Carrier.ExportAsync(there)));

        Assert.Equal(before.Rows(), after.Rows());
        Assert.Contains("\\u0000", string.Concat(before.Lines), StringComparison.Ordinal);
        Assert.Equal(before.Lines[^2], after.Lines[^2]);
    }

    [Theory]
    [InlineData("Sqlite")]
    [InlineData("Postgres")]
    public async Task ADatabaseThatHasData_IsNotTouched(string kind)
    {
        var settings = await world.EmptyAsync(kind);
        await Carrier.ImportAsync(world.File, settings);
        var before = ExportText.Of(await Carrier.ExportAsync(settings)).Lines;

        var line = await Carrier.RefusedAsync(world.File, settings);

        Assert.Equal("The database has data already, in users. Import into an empty one.", line);
        Assert.Equal(before[1..^1], ExportText.Of(await Carrier.ExportAsync(settings)).Lines[1..^1]);
    }

    public static TheoryData<string, string> Wrongs => new()
    {
        { "no gzip", "This is not an export of Runnel." },
        { "nothing", "This is not an export of Runnel." },
        { "another file", "This is not an export of Runnel." },
        { "cut in the middle", "The file is cut or damaged" },
        { "cut at the last line", "The file is cut or damaged" },
        { "a byte of it flipped", "The file is cut or damaged" },
        { "a letter of it changed", "The file is cut or damaged" },
        { "a line too many", "The file is cut or damaged" },
        { "newer format", "The file has format 2; this version reads 1." },
        { "newer tables", "The file was written by a newer version" },
        { "a table too many", "The file has a table poems that this version does not know" },
        { "a table too few", "The file lacks training_steps." },
        { "another column", "The columns of users in the file are not those of this version." },
        { "a hole in a stream", "The file lacks events of the stream '" },
    };

    [Theory]
    [MemberData(nameof(Wrongs))]
    public async Task AFileThatIsWrong_IsRefusedInOneLine_AndLeavesTheDatabaseEmpty(string how, string line)
    {
        var settings = await world.EmptyAsync("Sqlite");

        var refusal = await Carrier.RefusedAsync(Wrong(how), settings);

        Assert.StartsWith(line, refusal, StringComparison.Ordinal);
        if (how.StartsWith("newer", StringComparison.Ordinal) || line.StartsWith("This is not", StringComparison.Ordinal))
            return;
        Assert.All(ExportText.Of(await Carrier.ExportAsync(settings)).Rows(), table => Assert.Empty(table.Value));
    }

    [Fact]
    public async Task AFileThatIsWrong_LeavesPostgresEmpty_AndTheRightOneIsTaken()
    {
        var settings = await world.EmptyAsync("Postgres");

        var line = await Carrier.RefusedAsync(Wrong("a letter of it changed"), settings);
        await Carrier.ImportAsync(world.File, settings);

        Assert.StartsWith("The file is cut or damaged", line, StringComparison.Ordinal);
    }

    private byte[] Wrong(string how)
    {
        var text = ExportText.Of(world.File);
        switch (how)
        {
            case "no gzip":
                return [.. "SQLite format 3"u8];
            case "nothing":
                return [];
            case "another file":
                return ExportText.Compress([.. "{\"a\":1}\n"u8]);
            case "cut in the middle":
                return world.File[..(world.File.Length / 2)];
            case "cut at the last line":
                return ExportText.Compress([.. System.Text.Encoding.UTF8.GetBytes(string.Join('\n', text.Lines[..^1]) + "\n")]);
            case "a byte of it flipped":
                return Flipped(world.File, world.File.Length / 2);
            case "a letter of it changed":
                return ExportText.Compress([.. System.Text.Encoding.UTF8.GetBytes(
                    string.Join('\n', text.Lines).Replace("anna@example.org", "anne@example.org", StringComparison.Ordinal) + "\n")]);
            case "a line too many":
                return ExportText.Compress([.. System.Text.Encoding.UTF8.GetBytes(string.Join('\n', text.Lines) + "\n\n")]);
            case "newer format":
                text.Lines[0] = text.Lines[0].Replace("\"version\":1", "\"version\":2", StringComparison.Ordinal);
                break;
            case "newer tables":
                text.Lines[0] = text.Lines[0].Replace("\"schema\":", "\"schema\":9", StringComparison.Ordinal);
                break;
            case "a table too many":
                text.Lines.Insert(1, """{"table":"poems","columns":["text"]}""");
                break;
            case "a table too few":
                var (begin, end) = (text.Find("training_steps"), text.Find("log.streams"));
                text.Lines.RemoveRange(begin, end - begin);
                break;
            case "another column":
                text.Lines[1] = text.Lines[1].Replace("\"user_name\"", "\"nick_name\"", StringComparison.Ordinal);
                break;
            default:
                text.Lines.RemoveAt(text.Find("log.segments") + 1);
                break;
        }

        return text.ToFile();
    }

    private static byte[] Flipped(byte[] file, int at)
    {
        byte[] flipped = [.. file];
        flipped[at] ^= 0x10;
        return flipped;
    }
}
