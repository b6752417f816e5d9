using System.Globalization;
using Runnel.Server.Persistence;
using Runnel.Server.Streaming;
using Runnel.Streams.Events;
using Runnel.Streams.Stores;

namespace Runnel.Server.Training.Following;

/// <summary>Which streams there are: one for each digital human, and one for each user with the training of all of theirs.</summary>
internal static class TrainingStreams
{
    private const string OfHuman = "training/";
    private const string OfUser = "user-training/";

    public static StreamName Of(long digitalHumanId) =>
        new(OfHuman + digitalHumanId.ToString(CultureInfo.InvariantCulture));

    public static StreamName OfOwner(string userId) => new(OfUser + userId);

    /// <summary>The stream of a digital human, which begins with its first reader or event, as long as there is the human.</summary>
    public static FollowedStream Follow(long digitalHumanId) =>
        new(Of(digitalHumanId), writer =>
        {
            writer.WriteNull("thread_id");
            writer.WriteNumber("digital_human_id", digitalHumanId);
        })
        {
            Make = new Append(Of(digitalHumanId)) { Participants = [IsThere(digitalHumanId)] },
        };

    public static FollowedStream FollowOwner(string userId) =>
        new(OfOwner(userId), writer =>
        {
            writer.WriteNull("thread_id");
            writer.WriteNull("digital_human_id");
        })
        {
            Make = new Append(OfOwner(userId)),
        };

    /// <summary>The digital human of a stream; null for a user's.</summary>
    public static long? DigitalHumanIdOf(StreamName stream) =>
        stream.Value.StartsWith(OfHuman, StringComparison.Ordinal)
            ? long.Parse(stream.Value.AsSpan(OfHuman.Length), CultureInfo.InvariantCulture)
            : null;

    /// <summary>The user of a user's stream; null for a digital human's.</summary>
    public static string? OwnerIdOf(StreamName stream) =>
        stream.Value.StartsWith(OfUser, StringComparison.Ordinal) ? stream.Value[OfUser.Length..] : null;

    private static Participant IsThere(long digitalHumanId) => Statement.Of(
        "digital human is there",
        "update digital_humans set id = id where id = @human and deleted_at is null",
        new Dictionary<string, object?> { ["human"] = digitalHumanId });
}
