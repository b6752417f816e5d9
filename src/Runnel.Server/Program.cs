using Runnel.Server.Accounts;
using Runnel.Server.Accounts.Closing;
using Runnel.Server.Answering;
using Runnel.Server.Auditing;
using Runnel.Server.Auth;
using Runnel.Server.Background;
using Runnel.Server.Commands;
using Runnel.Server.Configuration;
using Runnel.Server.Conversations;
using Runnel.Server.Describing;
using Runnel.Server.DigitalHumans;
using Runnel.Server.Gates;
using Runnel.Server.Hosting;
using Runnel.Server.Hosting.Start;
using Runnel.Server.Knowledge;
using Runnel.Server.Metrics;
using Runnel.Server.Models;
using Runnel.Server.Pages;
using Runnel.Server.Persistence;
using Runnel.Server.Retaining;
using Runnel.Server.Streaming;
using Runnel.Server.Training;
using Runnel.Server.Turns;

namespace Runnel.Server;

/// <summary>The table of contents: what the server is made of, and in which order a request passes it.</summary>
internal static class Program
{
    public static async Task<int> Main(string[] args)
    {
        try
        {
            if (CommandLine.Find(args) is { } command)
                return await command(args, arguments => Build(arguments));
            await using var app = Build(args);
            var exit = app.Services.GetRequiredService<ExitCode>();
            await app.RunAsync();
            return exit.Value;
        }
        catch (Exception exception) when (StartFailure.Explain(exception) is { } line)
        {
            await Console.Error.WriteLineAsync(line);
            return 1;
        }
    }

    /// <summary>The whole server, ready to start. Files of its own lie beside the assembly; data is relative to the working
    /// directory.</summary>
    /// <param name="args">The command line.</param>
    /// <param name="last">Called after all registrations, for a host that wants another part in one's place.</param>
    internal static WebApplication Build(string[] args, Action<WebApplicationBuilder>? last = null)
    {
        var builder = WebApplication.CreateBuilder(new WebApplicationOptions
        {
            Args = args,
            ContentRootPath = AppContext.BaseDirectory,
        });
        builder.AddStartLog();
        builder.UseDefaultAddress();
        builder.AddConfiguredOptions();
        builder.AddHosting();
        builder.AddGates();
        builder.Services.AddMeasurements();
        builder.AddPersistence();
        builder.Services.AddSingleton<AuditLog>();
        builder.AddAuth();
        builder.AddAccounts();
        builder.AddModels();
        builder.Services.AddStreaming();
        builder.Services.AddRetaining();
        builder.Services.AddAnswering();
        builder.Services.AddConversations();
        builder.Services.AddTurns();
        builder.Services.AddKnowledge();
        builder.Services.AddTraining();
        builder.Services.AddBackground();
        builder.Services.AddClosing();
        builder.Services.AddApiDocument();
        last?.Invoke(builder);

        var app = builder.Build();
        app.UseProxies();
        app.UseHosting();
        app.UseGates();
        app.UseWebFiles();
        app.UseRouting();
        app.UseUnmatchedRequests();
        app.UseAuth();

        app.MapEndpoints();
        return app;
    }

    private static void MapEndpoints(this WebApplication app)
    {
        app.MapWebApp();
        app.MapHealth();
        app.MapMetrics();
        app.MapApiDocument();
        var api = app.MapGroup("/api/v1");
        api.MapAccounts();
        api.MapModels();
        api.MapDigitalHumans();
        api.MapKnowledge();
        api.MapConversations();
        api.MapTurns();
        api.MapTraining();

        // The two paths of the original sequence diagram.
        var original = app.MapGroup("/api");
        FollowConversations.Map(original);
        SendMessage.Map(original);
    }
}
