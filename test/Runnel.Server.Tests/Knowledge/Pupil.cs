using System.Globalization;
using System.Net.Http.Json;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using Runnel.Server.Knowledge.Changes;
using Runnel.Server.Knowledge.Learning;
using Runnel.Server.Knowledge.Merging;
using Runnel.Server.Knowledge.Searching;
using Runnel.Server.Tests.Fixtures;
using Runnel.Streams;
using Runnel.Streams.Events;
using Runnel.Streams.Stores;

namespace Runnel.Server.Tests.Knowledge;

/// <summary>A digital human that is told things, as a round of training tells it, without a model.</summary>
internal sealed class Pupil
{
    private readonly RunnelServer _server;

    private Pupil(RunnelServer server, Speaker owner, long id) => (_server, Owner, Id) = (server, owner, id);

    public Speaker Owner { get; }

    public long Id { get; }

    public string Path => $"/api/v1/digital-humans/{Id.ToString(CultureInfo.InvariantCulture)}/knowledge";

    public static async Task<Pupil> NewAsync(RunnelServer server, Speaker? owner = null, bool isPublic = false)
    {
        owner ??= new Speaker(await server.NewUserAsync());
        using var made = await owner.Client.PostAsJsonAsync(
            "/api/v1/digital-humans", new { name = "Pupil", persona = "You learn.", is_public = isPublic });
        made.EnsureSuccessStatusCode();
        return new Pupil(server, owner, (await made.JsonAsync()).GetProperty("id").GetInt64());
    }

    /// <summary>Plans what a message changes, and stores nothing.</summary>
    public Task<KnowledgeChange> PlanAsync(string message, Learned learned) =>
        _server.Services.GetRequiredService<KnowledgeMerge>().PlanAsync(
            new Provenance(Id, message, "round of " + message, DateTimeOffset.UnixEpoch), learned, TestContext.Current.CancellationToken);

    /// <summary>Stores what was planned.</summary>
    public Task StoreAsync(IEnumerable<Participant> rows) =>
        _server.Services.GetRequiredService<IEventStreams>().AppendAsync(
            new Append(new StreamName("pupil/" + Id.ToString(CultureInfo.InvariantCulture))) { Participants = [.. rows] });

    /// <summary>Plans and stores, again where the knowledge changed in between.</summary>
    public async Task<KnowledgeChange> LearnAsync(string message, Learned learned)
    {
        while (true)
        {
            var change = await PlanAsync(message, learned);
            try
            {
                await StoreAsync(change.Participants);
                return change;
            }
            catch (ParticipantRefusedException refusal) when (refusal.Participant == KnowledgeMerge.Unchanged)
            {
            }
        }
    }

    public Task<KnowledgeChange> LearnAsync(string message, params LearnedEntity[] entities) =>
        LearnAsync(message, new Learned(entities, []));

    public Task<KnowledgeChange> LearnAsync(string message, params LearnedRelation[] relations) =>
        LearnAsync(message, new Learned([], relations));

    public Task<JsonElement> KnowledgeAsync(string query = "") => Owner.GetAsync(Path + query);

    public Task<IReadOnlyList<KnownFact>> FindAsync(string text, int tokens = 2_000) =>
        _server.Services.GetRequiredService<KnowledgeSearch>().FindAsync(Id, text, tokens, TestContext.Current.CancellationToken);

    public Task<HttpResponseMessage> ForgetAsync(string id) =>
        Owner.Client.DeleteAsync(new Uri($"{Path}/{id}", UriKind.Relative), TestContext.Current.CancellationToken);
}
